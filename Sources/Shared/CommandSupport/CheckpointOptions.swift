import ArgumentParser

/// The options of tools that run a checkpoint.
public struct CheckpointOptions: ParsableArguments {
  @Option(help: ArgumentHelp("A GGUF file or a Hugging Face directory.", valueName: "file|dir"))
  public var model: String

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("A PEFT adapter directory to merge in; several are merged in order.", valueName: "dir")
  )
  public var adapter: [String] = []

  @Option(
    help: ArgumentHelp(
      "chatml, llama3, gemma, qwen or plain; by default the one that the checkpoint brings.",
      valueName: "name"))
  public var chatTemplate: String?

  @Option(
    help: ArgumentHelp("Threads; by default one a processor. Results do not depend on it.", valueName: "n"))
  public var threads: Int?

  public init() {}

  public mutating func validate() throws {
    try OptionBounds.check("--threads", threads, in: 1...OptionBounds.threads)
  }
}
