import Cases

/// The formats in the order in which they are tried: the particular before the general.
enum FormatRegistry {
  static let all: [any DataFormat] = [
    HintPairs(), HintPrompts(), SchoolQuestions(), TruthfulQA(), MMLU(), EthicsPosts(),
    ModelWrittenEvaluations(), SycophancyEvaluation(), XSTest(), XSTestCompletions(), BehaviorList.harmBench,
    BehaviorList.advBench, ChoiceList(), LetteredOptions(), Posts(), Chat(), PromptList(),
  ]

  /// The first of the candidates that fits, unless the file is in the particular shape of a data set for other tasks.
  static func recognize(_ head: FileHead, among candidates: [any DataFormat]) -> (any DataFormat)? {
    guard let format = candidates.first(where: { $0.recognizes(head) }) else { return nil }
    if format.isParticular { return format }
    return all.contains { $0.isParticular && $0.recognizes(head) } ? nil : format
  }

  static func formats(for rows: RowShape) -> [any DataFormat] {
    all.filter { $0.description.shape == rows }
  }
}
