import ArgumentParser
import Checkpoints
import Streams
import Transformer

/// The options of tools that render prompts.
public struct TemplateOptions: ParsableArguments {
  /// `--chat-template`: nil for the one that the checkpoint brings.
  @Option(
    help: ArgumentHelp(
      "chatml, llama3, gemma, qwen or plain; by default the one that the checkpoint brings.",
      valueName: "name"))
  public var chatTemplate: String?

  /// `--template-argument`: what the checkpoint's own template is given beyond the conversation.
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "A variable of the checkpoint's own chat template, such as enable_thinking=false; the value is JSON or plain text.",
      valueName: "key=value"))
  public var templateArgument: [String] = []

  /// For the parser, which fills in the values.
  public init() {}

  /// Throws `ValidationError` where `--template-argument` is no pair.
  public mutating func validate() throws {
    do { _ = try templateArguments() } catch { throw ValidationError(error.message) }
  }

  /// The arguments by name; the last of a name counts. Throws `ToolError` (64) where one has no name.
  public func templateArguments() throws(ToolError) -> JSONObject {
    var arguments = JSONObject()
    for argument in templateArgument {
      guard let sign = argument.firstIndex(of: "="), sign > argument.startIndex else {
        throw ToolError(.usage, "--template-argument needs KEY=VALUE, not \(argument)")
      }
      let text = String(argument[argument.index(after: sign)...])
      arguments[String(argument[..<sign])] = Self.constants[text] ?? (try? JSON.parse(text)) ?? .string(text)
    }
    return arguments
  }

  /// What makes prompts for a checkpoint. Throws `ToolError` as `PromptEncoder` and `templateArguments`.
  public func prompts(of checkpoint: ModelCheckpoint) throws(ToolError) -> PromptEncoder {
    try PromptEncoder(checkpoint, chatTemplate: chatTemplate, templateArguments: templateArguments())
  }

  /// As Python writes them: a text `False` would count as true.
  private static let constants: [String: JSON] = ["True": true, "False": false, "None": .null]
}
