import Streams

/// The tokens of a vocabulary that have a role, as ids.
public struct TokenRoles: Sendable, Equatable {
  /// nil where sequences begin without one.
  public var beginningOfSequence: Int32?
  /// nil where the vocabulary has none; generation then stops at the tokens of `endOfTurn` only.
  public var endOfSequence: Int32?
  /// What stands for text that the vocabulary cannot write; nil where it can write all.
  public var unknown: Int32?
  /// nil where the vocabulary has none.
  public var padding: Int32?
  /// Further tokens that end a turn, beside `endOfSequence` and those known by their text.
  public var endOfTurn: [Int32] = []
  /// Whether plain text (without a chat template) starts with `beginningOfSequence`.
  public var addsBeginningOfSequence = false

  /// No token has a role.
  public init() {}

  /// Throws `ToolError` (65) where a role's token is not in the vocabulary.
  func check(_ vocabulary: Vocabulary) throws(ToolError) {
    for id in [beginningOfSequence, endOfSequence, unknown, padding] + endOfTurn {
      guard let id, id < 0 || id >= vocabulary.count else { continue }
      throw .badData("has the special token \(id), outside its vocabulary of \(vocabulary.count) tokens")
    }
  }

  /// The texts of tokens that end a turn or a text, in the model families known (llama.cpp's list). Only control
  /// tokens count: Gemma 3 has `</s>` as a tag of HTML.
  private static let endOfTurnTexts = [
    "<|eot_id|>", "<|im_end|>", "<|end|>", "<end_of_turn>", "<|endoftext|>", "<|eom_id|>", "<|end_of_text|>",
    "</s>",
  ]

  /// All tokens at which generation stops.
  func endOfTurnTokens(_ vocabulary: Vocabulary) -> Set<Int32> {
    var tokens = Set(endOfTurn)
    if let endOfSequence { tokens.insert(endOfSequence) }
    for text in Self.endOfTurnTexts {
      guard let id = vocabulary.special(text), vocabulary.kinds[Int(id)] == .control else { continue }
      tokens.insert(id)
    }
    return tokens
  }
}
