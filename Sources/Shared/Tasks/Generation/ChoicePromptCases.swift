import Cases
import Streams

// Prompts that hold their own options: x is the prompt as it stands, and what can be removed lies before the options.
extension CaseGenerator {
  func choicePromptCase(_ prompt: SourceItem.ChoicePrompt, _ item: SourceItem) throws(Drop) -> Case {
    guard (2...26).contains(prompt.choices.count) else { throw .optionCount }
    let id = caseID(item, variant: 0)
    let features = features(of: prompt.text, among: candidates(prompt), id: id)
    guard !features.isEmpty else { throw .noFeature }
    var reference = JSONObject()
    if let answer = prompt.answer { reference["answer"] = .string(answer) }
    if let stance = prompt.stance { reference["stance"] = .string(stance) }
    return Case(
      id: id, task: task.name, source: source(item, identity: prompt.question),
      messages: task.messages(prompt.text),
      readout: .choice(prefill: "Answer: (", choices: prompt.choices), features: features,
      reference: reference.isEmpty ? nil : reference, row: item.kept)
  }

  private func candidates(_ prompt: SourceItem.ChoicePrompt) -> [Candidate] {
    let lead = String(decoding: prompt.text.utf8.prefix(prompt.optionsStart), as: UTF8.self)
    var candidates: [Candidate] = []
    for kind in kinds {
      let ranges: [Range<Int>] =
        switch kind.source {
        case .sentences: Sentences.ranges(in: lead)
        case .phrases: Phrases.ranges(in: lead)
        case .inserted, .words: []
        }
      for (ordinal, range) in ranges.enumerated() {
        candidates.append(Candidate(kind: kind.name, ordinal: ordinal, range: range))
      }
    }
    return candidates
  }
}
