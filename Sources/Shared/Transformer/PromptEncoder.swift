import Cases
import Checkpoints
import Streams
import Tokenizers

/// What a checkpoint makes tokens of conversations with: its tokenizer, a chat template, and the sizes that
/// prompts have to fit. It holds no weights.
public struct PromptEncoder: Sendable {
  /// The checkpoint's own.
  public let tokenizer: any Tokenizer
  /// The one that was named, or else the checkpoint's.
  public let chatTemplate: PromptTemplate
  /// The token that ends an assistant's turn.
  public let endOfTurn: Int32
  private let contextLength: Int
  private let vocabularySize: Int

  /// - Parameters:
  ///   - chatTemplate: its name; nil for the one that the checkpoint brings.
  ///   - templateArguments: what the checkpoint's own template is given beyond the conversation.
  /// - Throws: `ToolError`: 65 where tokenizer or template is missing, broken or unknown, 64 for an unknown
  ///   template.
  public init(
    _ checkpoint: ModelCheckpoint, chatTemplate: String?, templateArguments: JSONObject = [:]
  ) throws(ToolError) {
    tokenizer = try checkpoint.tokenizer()
    self.chatTemplate = try checkpoint.chatTemplate(
      named: chatTemplate, tokenizer: tokenizer, arguments: templateArguments)
    contextLength = checkpoint.configuration.contextLength
    vocabularySize = checkpoint.configuration.vocabularySize
    do throws(ToolError) {
      endOfTurn = try self.chatTemplate.endOfTurn(with: tokenizer)
      guard Int(endOfTurn) < vocabularySize else {
        throw .badData("ends a turn with the token \(endOfTurn), for which it has no embedding")
      }
    } catch {
      throw error.located(at: SourcePosition(file: checkpoint.path))
    }
  }

  /// The tokens of a chat prompt with `prefill` as the start of the assistant's turn, the two tokenized as
  /// one text. Throws `ToolError` (65) where it leaves no room for `room` more tokens in the context.
  public func prompt(_ messages: [Message], prefill: String, room: Int) throws(ToolError) -> [Int32] {
    let tokens = try chatTemplate.encode(messages, prefill: prefill, with: tokenizer)
    guard !tokens.isEmpty else { throw .badData("the prompt is empty") }
    if let token = tokens.first(where: { Int($0) >= vocabularySize }) {
      let text = tokenizer.vocabularyText(token)
      throw .badData(
        "needs the token \"\(text)\", number \(token), for which the checkpoint has no embedding")
    }
    guard tokens.count + room <= contextLength else {
      throw .badData("needs \(tokens.count + room) tokens, the checkpoint's context is \(contextLength)")
    }
    return tokens
  }

  /// Where generation stops: the end of the template's turn, or whatever else the vocabulary ends texts with.
  public var stopTokens: Set<Int32> { tokenizer.endOfTurnTokens.union([endOfTurn]) }

  /// The tokens of a text that follows a prompt, tokenized on its own.
  public func continuation(_ text: String) -> [Int32] { tokenizer.encode(text, after: .text) }

  /// What the user may want to know of how prompts were asked for.
  public var warnings: [String] { chatTemplate.warnings }
}
