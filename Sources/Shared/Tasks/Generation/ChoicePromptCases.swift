import Cases
import Streams

// Prompts that hold their own options: x is the prompt as it stands, and what can be removed lies before the
// options.
extension CaseGenerator {
  func choicePromptCase(_ prompt: SourceItem.ChoicePrompt, _ item: SourceItem) throws(Drop) -> Case {
    guard (2...26).contains(prompt.choices.count) else { throw .optionCount }
    let id = caseID(item, variant: 0)
    let texts = PromptTexts(system: task.system, content: prompt.text)
    let features = features(of: texts, among: candidates(prompt), id: id)
    guard !features.isEmpty else { throw .noFeature }
    var reference = JSONObject()
    if let answer = prompt.answer { reference["answer"] = .string(answer) }
    if let stance = prompt.stance { reference["stance"] = .string(stance) }
    return Case(
      id: id, task: task.name, source: source(item, identity: prompt.question),
      messages: texts.messages,
      readout: .choice(prefill: "Answer: (", choices: prompt.choices), features: features,
      reference: reference.isEmpty ? nil : reference, row: item.kept)
  }

  private func candidates(_ prompt: SourceItem.ChoicePrompt) -> [Candidate] {
    let lead = String(decoding: prompt.text.utf8.prefix(prompt.optionsStart), as: UTF8.self)
    var candidates = MainParts.systemCandidates(task, kinds)
    for kind in kinds where !kind.isInSystem && [.sentences, .phrases].contains(kind.source) {
      for (ordinal, range) in kind.ranges(in: lead).enumerated() {
        candidates.append(Candidate(kind: kind.name, ordinal: ordinal, range: range))
      }
    }
    return candidates
  }
}
