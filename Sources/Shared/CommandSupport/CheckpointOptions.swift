import ArgumentParser

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

  /// `--threads`: nil for one a processor.
  @Option(
    help: ArgumentHelp("Threads; by default one a processor. Results do not depend on it.", valueName: "n"))
  public var threads: Int?

  /// For the parser, which fills in the values.
  public init() {}

  /// Throws `ValidationError` where `--threads` is not positive.
  public mutating func validate() throws {
    try OptionBounds.check("--threads", threads, in: 1...OptionBounds.threads)
  }
}
