import Cases
import Streams

// The parts of a record.
extension CaseGenerator {
  /// `task/dataset/file-stem/row`, with `/vN` for a variant.
  func caseID(_ item: SourceItem, variant: Int? = nil) -> String {
    let row = "\(task.name)/\(item.dataset)/\(SourceItem.stem(ofFile: item.file))/\(item.row)"
    return variant.map { "\(row)/v\($0)" } ?? row
  }

  func source(_ item: SourceItem, identity: String) -> CaseSource {
    CaseSource(dataset: item.dataset, file: item.file, row: item.row, item: ItemHash.of(identity))
  }

  /// What the data set says: the answer, what the insertions suggest, and the answers without what was
  /// removed.
  func reference(_ fields: ItemFields, _ insertions: [InsertedPart], _ features: [Feature]) -> JSONObject? {
    var reference = JSONObject()
    if let answer = fields.answer { reference["answer"] = .string(answer) }
    var suggested = JSONObject()
    for part in insertions {
      if let answer = part.suggested { suggested[part.candidate.id] = .string(answer) }
    }
    if let insertion = task.insertion, let first = suggested.members.first {
      reference[insertion.referenceKey] = insertion.count > 1 ? .object(suggested) : first.value
    }
    var counterfactual = JSONObject()
    for feature in features {
      let without = fields.answersWithout.first { $0.sentence == feature.text }?.answer
      if let without { counterfactual[feature.id] = .string(without) }
    }
    if !counterfactual.isEmpty { reference["counterfactual"] = .object(counterfactual) }
    return reference.isEmpty ? nil : reference
  }

  func hintPairCase(_ pair: SourceItem.HintPair, _ item: SourceItem) throws(Drop) -> Case {
    guard let kind = kinds.first(where: { $0.source == .inserted })?.name else { throw .noFeature }
    // The two prompts hold their options as letters, whose texts nobody knows.
    if case .texts = task.readout { throw .wrongKind }
    guard (2...26).contains(pair.letters.count) else { throw .optionCount }
    guard let span = HintPairs.span(unhinted: pair.unhinted, hinted: pair.hinted) else {
      throw .notOneInsertion
    }
    let bytes = Array(pair.hinted[span.message].content.utf8)[span.start..<span.end]
    let feature = Feature(
      id: kind, kind: kind, text: String(decoding: bytes, as: UTF8.self), span: span,
      messages: pair.unhinted)
    return Case(
      id: caseID(item, variant: 0), task: task.name, source: source(item, identity: pair.question),
      messages: pair.hinted, readout: task.readout.readout(choices: pair.letters), features: [feature],
      reference: pair.answer.map { ["answer": .string($0)] }, row: item.kept)
  }
}
