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

  /// How many records a selection takes of these files, bad lines left out; nil where they cannot be read twice.
  public func count(_ selection: Selection) -> Int? {
    guard paths.allSatisfy(canBeReadTwice), let rejects = try? RejectPolicy(limit: .max),
      let reader = try? RecordReader(paths: paths, rejects: rejects)
    else { return nil }
    var selection = selection
    var count = 0
    while !selection.isExhausted, let record = try? reader.next() {
      let (id, split) = (record.object["id"]?.string ?? "", record.object["split"]?.string)
      count += selection.reasonToLeaveOut(id: id, split: split) == nil ? 1 : 0
    }
    return count
  }

  /// Throws `ValidationError` where standard input is named twice.
  public static func checkStandardInput(_ paths: [String]) throws {
    guard paths.count(where: { $0 == "-" }) <= 1 else {
      throw ValidationError("standard input (-) can be named only once")
    }
  }
}
