import ArgumentParser
import Streams

/// The output of a tool.
public struct OutputOptions: ParsableArguments {
  /// `--output`, as it was given; `path` tells what it means.
  @Option(
    name: .shortAndLong, help: ArgumentHelp("The output; - or none is standard output.", valueName: "file"))
  public var output: String?

  /// For the parser, which fills in the values.
  public init() {}

  /// The output's path, nil for standard output, which may be redirected to a file that is there already.
  public var path: String? { output == "-" || output == "/dev/stdout" ? nil : output }
}

/// The option of tools whose output can be gone on with.
public struct ResumeOptions: ParsableArguments {
  /// `--resume`: starts afresh where there is no partial output.
  @Flag(help: "Go on with the partial output of an interrupted run; nothing to do where it is complete.")
  public var resume = false

  /// For the parser, which fills in the value.
  public init() {}
}
