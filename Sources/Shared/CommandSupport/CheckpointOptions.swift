import ArgumentParser
import Streams

/// The options of tools that run a checkpoint.
public struct CheckpointOptions: ParsableArguments {
  /// `--model`: which of the two it is, the file system tells.
  @Option(help: ArgumentHelp("A GGUF file or a Hugging Face directory.", valueName: "file|dir"))
  public var model: String

  /// `--adapter`: directories in the order in which they are merged; none where empty.
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("A PEFT adapter directory to merge in; several are merged in order.", valueName: "dir")
  )
  public var adapter: [String] = []

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

  /// `--threads`: nil for one for each processor that the process may use.
  @Option(
    help: ArgumentHelp(
      "Threads; by default one for each processor that the process may use. Results do not depend on it.",
      valueName: "n"))
  public var threads: Int?

  /// `--cpu`: nil for the best variant that the processor has.
  @Option(
    help: ArgumentHelp(
      "The kernels to use: x86-64-v2, x86-64-v3 or x86-64-v4; by default the best that the processor has.",
      valueName: "name"))
  public var cpu: String?

  /// For the parser, which fills in the values.
  public init() {}

  /// Throws `ValidationError` where `--threads` is not positive, or `--template-argument` is no pair.
  public mutating func validate() throws {
    try OptionBounds.check("--threads", threads, in: 1...OptionBounds.threads)
    _ = try templateArguments()
  }

  /// The arguments by name; the last of a name counts. Throws `ValidationError` where one has no name.
  public func templateArguments() throws -> JSONObject {
    var arguments = JSONObject()
    for argument in templateArgument {
      guard let sign = argument.firstIndex(of: "="), sign > argument.startIndex else {
        throw ValidationError("--template-argument needs KEY=VALUE, not \(argument)")
      }
      let text = String(argument[argument.index(after: sign)...])
      arguments[String(argument[..<sign])] = Self.constants[text] ?? (try? JSON.parse(text)) ?? .string(text)
    }
    return arguments
  }

  /// As Python writes them: a text `False` would count as true.
  private static let constants: [String: JSON] = ["True": true, "False": false, "None": .null]
}
