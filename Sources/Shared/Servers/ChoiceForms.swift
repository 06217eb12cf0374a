/// The texts that say a choice at the start of an answer: the choice, alone or behind an end of the prefill, for a
/// model that was asked "Answer: (" may say "A", "(A" or "Answer: (A". White space at the start does not count.
struct ChoiceForms {
  private let prefill: String
  /// The place of the choice that a text says.
  private var places: [String: Int] = [:]
  private let count: Int

  init(_ choices: [String], prefill: String) {
    self.prefill = prefill
    count = choices.count
    // The shortest end first, because a text that says two choices says the one that is all of it.
    for end in Self.ends(of: prefill) {
      for (place, choice) in choices.enumerated() {
        let form = Self.withoutSpace(end + choice)
        if places[form] == nil { places[form] = place }
      }
    }
  }

  /// The most tokens that an answer needs to say a choice, for a token is at least a byte.
  var room: Int { 1 + (places.keys.map(\.utf8.count).max() ?? 0) }

  /// The log-probability of each choice behind what the answer repeats of the prefill; nil where its tokens are not
  /// among the likeliest. Of several token strings that say a choice, the likeliest one's.
  func scores(in steps: [Reply.Step]) -> [Double?] {
    var best = [Double?](repeating: nil, count: count)
    var text = ""
    var sum = 0.0
    for step in steps.dropFirst(repeated(in: steps)) {
      for token in step.tokens {
        guard let place = places[Self.withoutSpace(text + token.text)] else { continue }
        best[place] = max(best[place] ?? -.infinity, sum + token.logProbability)
      }
      guard let chosen = step.tokens.first else { break }
      text += chosen.text
      sum += chosen.logProbability
      let start = Self.withoutSpace(text)
      guard places.keys.contains(where: { $0.utf8.starts(with: start.utf8) }) else { break }
    }
    return best
  }

  /// The place of the choice that a text begins with, and not with a longer word or number: "Answer" does not say A.
  func place(of text: String) -> Int? {
    let start = Self.withoutSpace(text)
    let fitting = places.keys.filter { Self.begins(start, with: $0) }
    return fitting.max { $0.utf8.count < $1.utf8.count }.flatMap { places[$0] }
  }

  /// How many tokens at the start repeat an end of the prefill.
  private func repeated(in steps: [Reply.Step]) -> Int {
    let ends = Set(Self.ends(of: prefill).map(Self.withoutSpace))
    var text = ""
    var count = 0
    for (index, step) in steps.enumerated() {
      guard let chosen = step.tokens.first, text.utf8.count <= prefill.utf8.count else { break }
      text += chosen.text
      if ends.contains(Self.withoutSpace(text)) { count = index + 1 }
    }
    return count
  }

  /// The ends of a text, from the empty one to all of it.
  private static func ends(of text: String) -> [String] {
    (0...text.unicodeScalars.count).map { String(text.unicodeScalars.suffix($0)) }
  }

  private static func withoutSpace(_ text: String) -> String { String(text.drop(while: \.isWhitespace)) }

  static func begins(_ text: some StringProtocol, with choice: some StringProtocol) -> Bool {
    guard text.utf8.starts(with: choice.utf8) else { return false }
    func isOfWord(_ scalar: Unicode.Scalar?) -> Bool {
      scalar.map { $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil) } ?? false
    }
    let next = text.unicodeScalars.dropFirst(choice.unicodeScalars.count).first
    return !(isOfWord(choice.unicodeScalars.last) && isOfWord(next))
  }
}
