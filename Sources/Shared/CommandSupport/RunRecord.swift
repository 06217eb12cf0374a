import ArgumentParser
import Glibc
import Streams

/// Collects what the manifest of a run needs: made at the start, it knows command line, options and start time.
/// The tool fills in `manifest`'s seeds, model, inputs, counts and identity.
public struct RunRecord {
  /// What is known of the run so far; wall time is added when it is written.
  public var manifest: Manifest
  private let start = ContinuousClock.now

  /// - Parameters:
  ///   - command: the parsed command.
  ///   - arguments: the command line, the program's name first.
  public init<Command: ParsableCommand>(_ command: Command, arguments: [String] = processArguments) {
    manifest = Manifest(
      tool: Command._commandName, version: ToolVersion.string, arguments: arguments,
      options: resolvedOptions(of: command), start: time(nil))
    manifest.processor = processorName()
  }

  /// Notes that the model is there now.
  public mutating func noteModelLoaded(_ record: JSONObject) {
    manifest.model = record
    manifest.loadSeconds = (ContinuousClock.now - start) / .seconds(1)
  }

  /// Adds inputs, and takes lines read and lines rejected from a reader that is done, and completes its rejects file.
  public mutating func conclude(_ reader: RecordReader) throws(ToolError) {
    try reader.rejects.finish()
    manifest.inputs += reader.inputs
    manifest.counts.read = reader.lineCount
    manifest.counts.rejected = reader.rejects.count
  }

  /// Completes an output with its manifest beside it; standard output has none. Throws as `RecordWriter.finish`.
  public func finish(_ writer: RecordWriter) throws(ToolError) {
    try writer.finish { summary throws(ToolError) in try writeManifest(summary) }
  }

  /// Completes an output that is not a stream of records, such as a report, with its manifest.
  public func finish(_ file: OutputFile) throws(ToolError) {
    try file.finish { summary throws(ToolError) in try writeManifest(summary) }
  }

  /// Writes the manifest of an output that is otherwise complete, such as a directory.
  public func writeManifest(_ output: OutputSummary) throws(ToolError) {
    guard let path = output.path else { return }
    var manifest = manifest
    manifest.seconds = (ContinuousClock.now - start) / .seconds(1)
    try manifest.write(beside: path, describing: output)
  }
}
