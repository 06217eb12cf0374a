import ArgumentParser
import Streams

/// The input files of a tool that reads a stream: `[FILE|-]…`, standard input where there is none.
public struct InputOperands: ParsableArguments {
  /// As they were given; `paths` puts standard input in place of none.
  @Argument(help: ArgumentHelp("Streams, plain or compressed; - is standard input.", valueName: "file"))
  public var files: [String] = []

  /// For the parser, which fills in the values.
  public init() {}

  /// Throws `ValidationError` where standard input is named twice.
  public mutating func validate() throws {
    try Self.checkStandardInput(files)
  }

  /// The files to read; `-` is standard input.
  public var paths: [String] { files.isEmpty ? ["-"] : files }

  /// A reader of all these files. Throws `ToolError` (66) where one is missing, 64 where it is a terminal.
  public func reader(rejects: RejectPolicy) throws(ToolError) -> RecordReader {
    try RecordReader(paths: paths, rejects: rejects)
  }

  /// Throws `ValidationError` where standard input is named twice.
  public static func checkStandardInput(_ paths: [String]) throws {
    guard paths.count(where: { $0 == "-" }) <= 1 else {
      throw ValidationError("standard input (-) can be named only once")
    }
  }
}
