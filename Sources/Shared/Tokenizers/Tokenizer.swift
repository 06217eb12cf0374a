import Checkpoints
import Streams

/// What stands before a text that is encoded: SentencePiece vocabularies may mark the start of a text.
public enum PrecedingText: Sendable {
  /// Nothing, or the beginning-of-sequence token.
  case nothing
  /// A special token that a template wrote.
  case specialToken
  /// More text.
  case text
}

/// Text to token ids and back, as the model's own tokenizer does it.
///
/// `encode` treats its text as plain: a data set's text never becomes a special token, whatever it spells. Special
/// tokens come only from `id(ofSpecial:)`, which chat templates use.
public protocol Tokenizer: Sendable {
  /// Number of ids; ids are `0..<vocabularySize`.
  var vocabularySize: Int { get }
  /// The tokens that have a role.
  var roles: TokenRoles { get }
  /// The tokens at which generation stops: end of turn, of message, of text.
  var endOfTurnTokens: Set<Int32> { get }

  /// The ids of plain text, without beginning or end of sequence.
  /// - Parameter taken: white space that belongs to special tokens beside the text, and is left out.
  func encode(_ text: String, after preceding: PrecedingText, without taken: TakenSpace) -> [Int32]

  /// The first token from an id on that text may become, nil where only special tokens follow.
  func firstTextToken(from id: Int) -> Int32?

  /// Whether a special token takes the white space before and after it.
  func spaceTaken(by special: Int32) -> (before: Bool, after: Bool)

  /// The id of a special token by its text (`<|im_start|>`), nil where there is none.
  func id(ofSpecial text: String) -> Int32?

  /// The tokens that are found in what templates write before it is text: those that only templates write, which are
  /// control tokens and the unknown one, and user-defined ones.
  var templateTokens: [TemplateToken] { get }

  /// The text of a token as the vocabulary writes it. The token must exist.
  func vocabularyText(_ id: Int32) -> String

  /// The bytes that tokens stand for, which may end within a character. Special tokens and ids outside the
  /// vocabulary have none.
  func decodeBytes(_ tokens: some Sequence<Int32>) -> [UInt8]

  /// The bytes of a tokenizer.json from which Hugging Face's `tokenizers` makes the same tokenizer.
  func tokenizerJSON() throws(ToolError) -> [UInt8]

  /// The metadata of a GGUF file from which llama.cpp makes the same tokenizer, but for `lossesInGGUF`.
  /// - Parameter vocabularySize: of the model, in tokens; what text may become lies within.
  /// - Throws: `ToolError` (65) where GGUF has no name for a part of it.
  func ggufEntries(vocabularySize: Int) throws(ToolError) -> [GGUFEntry]

  /// What this tokenizer does and GGUF cannot say, in words; empty for most.
  var lossesInGGUF: [String] { get }
}

extension Tokenizer {
  /// The token that begins a sequence, nil where the vocabulary has none.
  public var beginningOfSequence: Int32? { roles.beginningOfSequence }
  /// Whether plain text (without a chat template) starts with `beginningOfSequence`.
  public var addsBeginningOfSequence: Bool { roles.addsBeginningOfSequence }
  /// The token that ends a sequence, nil where the vocabulary has none.
  public var endOfSequence: Int32? { roles.endOfSequence }

  /// The ids of plain text with no special token that takes white space beside it.
  public func encode(_ text: String, after preceding: PrecedingText) -> [Int32] {
    encode(text, after: preceding, without: TakenSpace())
  }

  /// The ids of a whole plain text, without beginning or end of sequence.
  public func encode(_ text: String) -> [Int32] { encode(text, after: .nothing) }

  /// The text of tokens with special ones written as the vocabulary does, as templates write a prompt. White space
  /// that a special token takes from the text beside it is not there.
  public func decodeWithSpecialTokens(_ tokens: some Sequence<Int32>) -> String {
    var bytes: [UInt8] = []
    var text: [Int32] = []
    for token in tokens {
      if decodeBytes([token]).isEmpty {
        bytes += decodeBytes(text) + Array(vocabularyText(token).utf8)
        text = []
      } else {
        text.append(token)
      }
    }
    return String(decoding: bytes + decodeBytes(text), as: UTF8.self)
  }

  /// The text of tokens; bytes that are not UTF-8 become U+FFFD.
  public func decode(_ tokens: some Sequence<Int32>) -> String {
    String(decoding: decodeBytes(tokens), as: UTF8.self)
  }
}
