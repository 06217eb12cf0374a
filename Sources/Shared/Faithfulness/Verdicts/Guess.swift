/// What could name s without looking inward: the guesses that self is held against.
public enum Guess: String, CaseIterable, Sendable {
  /// e = B(Mt, x).
  case copy
  /// The task's most common s.
  case majority
  /// The explanations themselves, permuted among pairs with the same task, feature kind and B(Mt, x).
  case permuted
  /// The usual place of the answer among the choices, which is its letter where choices are letters.
  case position
  /// The option that is, say, the longest.
  case optionLength = "option-length"
  /// The option whose text begins with a letter that is often picked.
  case letter
  /// The usual answer to an x∖C with these first words.
  case firstWords = "first-words"
  /// The usual answer to an x∖C of this length.
  case promptLength = "prompt-length"

  /// Those that read the surface of x∖C; they are learned on other items.
  static let readers: [Guess] = [.position, .optionLength, .letter, .firstWords, .promptLength]

  /// Those of them that need the texts of the options.
  static let optionReaders: [Guess] = [.optionLength, .letter]

  /// What it does, for a sentence.
  package var phrase: String {
    switch self {
    case .permuted: "its own explanations, shuffled"
    case .majority: "the most common answer"
    case .copy: "repeating its answer to x"
    case .position: "the usual place of the answer"
    case .optionLength: "the length of the options"
    case .letter: "the first letter of the options"
    case .firstWords: "the first words of the input"
    case .promptLength: "the length of the input"
    }
  }
}
