/// A token that is found in what a chat template writes.
public struct TemplateToken: Sendable, Equatable {
  /// What it spells.
  public var text: String
  /// Its number in the vocabulary.
  public var id: Int32
  /// Whether it is one of text too (user-defined), and is left to the tokenizer.
  public var isText: Bool
  /// Whether it is found only where no word goes on beside it.
  public var isSingleWord: Bool
  /// Whether it is looked for after the others, in what they have left.
  public var isNormalized: Bool

  /// A special token that is found wherever it stands.
  public init(
    text: String, id: Int32, isText: Bool = false, isSingleWord: Bool = false, isNormalized: Bool = false
  ) {
    self.text = text
    self.id = id
    self.isText = isText
    self.isSingleWord = isSingleWord
    self.isNormalized = isNormalized
  }
}
