import ArgumentParser
import CommandSupport
import Exports
import Streams
import Tensors

/// `xp-train inspect`: says what a checkpoint, an adapter, a run or a manifest is.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "xp-train inspect",
    abstract:
      "Say what a GGUF file, a Hugging Face directory, an adapter, a run's directory or a manifest is.",
    version: ToolVersion.text([ProductLibraries.description]))

  @Argument(help: ArgumentHelp("Files and directories.", valueName: "path"))
  var paths: [String]

  @Flag(help: "A JSON object a line.")
  var json = false

  func run() throws {
    let output = try OutputFile(path: nil)
    for (index, path) in paths.enumerated() {
      let description = try inspect(path)
      if json {
        try output.write(try description.serialized() + [UInt8(ascii: "\n")])
      } else {
        try output.write((index > 0 ? "\n" : "") + plainText(description))
      }
    }
    try output.finish()
  }
}
