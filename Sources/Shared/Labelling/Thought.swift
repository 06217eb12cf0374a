/// What a model that thinks before it answers writes: a thought between two markers, then the answer.
///
/// Markers are found by their bytes: an accent behind one makes another character of its last.
public struct Thought: Sendable, Equatable {
  /// What stands after the thought, without the white space between; the whole text where there is no thought. nil
  /// where the text ends within the thought, or with it: then it has not answered.
  public let answer: String?
  /// Whether there is a thought.
  public let isThere: Bool

  /// The markers of model families: Qwen, DeepSeek and most others; EXAONE and others; Magistral; Seed; Kimi; Sky-T1;
  /// gpt-oss, whose thought ends where its final channel begins; Gemma 4; Command A; Granite.
  private static let markers = [
    ("<think>", "</think>"), ("<thinking>", "</thinking>"), ("<thought>", "</thought>"),
    ("<reasoning>", "</reasoning>"), ("[THINK]", "[/THINK]"), ("<seed:think>", "</seed:think>"),
    ("◁think▷", "◁/think▷"), ("<|begin_of_thought|>", "<|end_of_thought|>"),
    ("<|channel|>analysis<|message|>", "<|channel|>final<|message|>"), ("<|channel>thought", "<channel|>"),
    ("<|START_THINKING|>", "<|END_THINKING|>"), ("Here is my thought process:", "Here is my response:"),
  ]
  /// All of them, which vocabularies may have as tokens that are not shown.
  static let markerTexts = markers.flatMap { [$0.0, $0.1] }

  /// Looks for a thought at the start of a text. Some templates write the first marker themselves, so that the text has
  /// only the second.
  /// - Parameter prompt: what stands before the text, or the end of it; the thought may begin there.
  public init(in text: String, after prompt: String = "") {
    var rest = text.drop(while: \.isWhitespace)
    var isThere = false
    var end = Self.end(ofThoughtBegunBy: prompt) ?? Self.end(ofThoughtBegunBefore: rest)
    while let marker = end ?? Self.dropBeginning(&rest) {
      isThere = true
      guard let range = rest.utf8.firstRange(of: marker.utf8) else {
        (answer, self.isThere) = (nil, true)
        return
      }
      rest = rest[range.upperBound...].drop(while: \.isWhitespace)
      end = nil
    }
    self.isThere = isThere
    answer = isThere ? (rest.isEmpty ? nil : String(rest)) : text
  }

  private static func end(ofThoughtBegunBy prompt: String) -> String? {
    var prompt = prompt[...]
    while prompt.last?.isWhitespace == true { prompt.removeLast() }
    return markers.first { prompt.utf8.reversed().starts(with: $0.0.utf8.reversed()) }?.1
  }

  /// Of a thought whose beginning is in a prompt that nobody here has seen.
  private static func end(ofThoughtBegunBefore text: Substring) -> String? {
    markers.first { begin, end in
      text.utf8.firstRange(of: end.utf8).map { !text[..<$0.lowerBound].utf8.contains(begin.utf8) } ?? false
    }?.1
  }

  /// Drops the marker that a text begins with; gives the one that ends its thought.
  private static func dropBeginning(_ text: inout Substring) -> String? {
    guard let (begin, end) = markers.first(where: { text.utf8.starts(with: $0.0.utf8) }) else { return nil }
    text = text[text.utf8.index(text.startIndex, offsetBy: begin.utf8.count)...]
    return end
  }
}
