/// Which answer a completion gives, by the phrases in its first sentences: ordered rules, of which the first that holds
/// decides. Works on text that was cut off.
///
/// Phrases and completions are both reduced to lower-case words with contractions written out (`can't` and `cannot`
/// become `can not`), so each is listed once.
public struct PhraseClassifier: Equatable, Sendable {
  /// One rule: the answer of a text in which one of the phrases stands.
  public struct Rule: Equatable, Sendable {
    let answer: String
    /// Each as its words.
    let phrases: [[String]]
    /// Whether a phrase must begin a sentence.
    let begins: Bool
    /// How many sentences are looked at; nil for all.
    let sentences: Int?
  }

  let rules: [Rule]
  /// The answer of a text that no rule fits.
  let otherwise: String

  /// Every answer that it can give, in the order of the rules.
  public var answers: [String] {
    (rules.map(\.answer) + [otherwise]).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The answer that a completion gives.
  public func classify(_ completion: String) -> String {
    let limits = rules.map(\.sentences)
    let limit = limits.contains(nil) ? Int.max : limits.compactMap { $0 }.max() ?? 0
    let sentences = Self.sentences(completion, limit: limit)
    return rules.first { $0.fits(sentences) }?.answer ?? otherwise
  }

  /// The first sentences that have words. Colons and line breaks separate as full stops do.
  private static func sentences(_ text: String, limit: Int) -> [[String]] {
    var sentences: [[String]] = []
    for piece in text.unicodeScalars.split(whereSeparator: { $0.isTerminal || $0 == ":" || $0.isLineEnd }) {
      if sentences.count >= limit { break }
      let words = PhraseWords.split(String(piece))
      if !words.isEmpty { sentences.append(words) }
    }
    return sentences
  }
}

extension PhraseClassifier.Rule {
  fileprivate func fits(_ text: [[String]]) -> Bool {
    text.prefix(sentences ?? text.count).contains { sentence in
      let places = begins ? sentence.indices.prefix(1) : sentence.indices[...]
      return phrases.contains { phrase in places.contains { sentence[$0...].starts(with: phrase) } }
    }
  }
}
