import ArgumentParser
import CommandSupport
import Glibc
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

  @OptionGroup var template: TemplateOptions

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

  /// `--weight-cache`.
  @Option(
    help: ArgumentHelp(
      "A folder in which weights are kept as they are laid out, for processes to share (or CF_WEIGHT_CACHE).",
      valueName: "dir"))
  public var weightCache: String?

  /// `--weight-cache`, or what the environment names; nil for memory of the process's own.
  public var weightCachePath: String? {
    let path = weightCache ?? getenv("CF_WEIGHT_CACHE").map { String(cString: $0) }
    return path?.isEmpty == false ? path : nil
  }

  /// For the parser, which fills in the values.
  public init() {}

  /// Throws `ValidationError` where `--threads` is not positive.
  public mutating func validate() throws {
    try OptionBounds.check("--threads", threads, in: 1...OptionBounds.threads)
  }

  /// `--chat-template`, of the group within.
  public var chatTemplate: String? { template.chatTemplate }

  /// `--template-argument` as it was given, of the group within.
  public var templateArgument: [String] { template.templateArgument }

  /// The same by name. Throws `ToolError` (64) where one has no name.
  public func templateArguments() throws(ToolError) -> JSONObject { try template.templateArguments() }
}
