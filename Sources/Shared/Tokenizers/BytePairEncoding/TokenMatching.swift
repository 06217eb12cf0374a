/// How a token is found in text beside what it spells: the flags of tokenizer.json's `added_tokens`.
struct TokenMatching: Sendable, Equatable {
  /// Whether white space before the token is part of it (`lstrip`).
  var takesSpaceBefore = false
  /// Whether white space after the token is part of it (`rstrip`).
  var takesSpaceAfter = false
  /// Whether it is found only where no word goes on beside it (`single_word`).
  var isSingleWord = false
  /// Whether it is looked for in text that has been normalized (`normalized`).
  var isNormalized = false

  /// As most tokens are.
  static let plain = TokenMatching()
}

/// The white space of a text that belongs to the special tokens beside it.
public struct TakenSpace: Sendable, Equatable {
  /// All at the text's start.
  public var atStart = false
  /// All at the text's end.
  public var atEnd = false

  /// None by default.
  public init(atStart: Bool = false, atEnd: Bool = false) {
    self.atStart = atStart
    self.atEnd = atEnd
  }
}
