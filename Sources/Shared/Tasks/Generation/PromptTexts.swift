import Cases

/// x as its two texts, from which one part at a time is taken.
struct PromptTexts {
  /// nil for no system message.
  let system: String?
  /// What the user says.
  let content: String
  private let deletions: (system: Deletion, content: Deletion)

  init(system: String?, content: String) {
    self.system = system
    self.content = content
    deletions = (Deletion(of: system ?? ""), Deletion(of: content))
  }

  var messages: [Message] {
    (system.map { [Message(role: "system", content: $0)] } ?? []) + [Message(role: "user", content: content)]
  }

  /// The part itself, and where it stands.
  func part(_ candidate: Candidate) -> (text: String, span: FeatureSpan) {
    let bytes = Array((candidate.isInSystem ? system ?? "" : content).utf8)[candidate.range]
    return (
      String(decoding: bytes, as: UTF8.self),
      FeatureSpan(
        message: candidate.isInSystem || system == nil ? 0 : 1, start: candidate.range.lowerBound,
        end: candidate.range.upperBound)
    )
  }

  /// Whether the rest reads on without a part; a system message may go as a whole.
  func isPossible(without candidate: Candidate) -> Bool {
    candidate.isInSystem
      ? isSystem(candidate.range) || deletions.system.isPossible(without: candidate.range)
      : deletions.content.isPossible(without: candidate.range)
  }

  /// What is left without a part; nil where `isPossible` says no.
  func without(_ candidate: Candidate) -> PromptTexts? {
    guard candidate.isInSystem else {
      return deletions.content.text(without: candidate.range).map { PromptTexts(system: system, content: $0) }
    }
    if isSystem(candidate.range) { return PromptTexts(system: nil, content: content) }
    return deletions.system.text(without: candidate.range).map { PromptTexts(system: $0, content: content) }
  }

  /// Whether a range is all of the system message but white space.
  private func isSystem(_ range: Range<Int>) -> Bool {
    let bytes = Array((system ?? "").utf8)
    return (bytes[..<range.lowerBound] + bytes[range.upperBound...])
      .allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
  }
}
