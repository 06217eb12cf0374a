import ArgumentParser
import Streams

/// The options that every tool and subcommand has that writes something.
public struct BasicOptions: ParsableArguments {
  /// `--quiet`: takes effect in `validate`, for the whole process.
  @Flag(name: .shortAndLong, help: "Print errors only: no notes, no progress bar.")
  public var quiet = false

  /// `--dry-run`: no file is opened for writing.
  @Flag(
    name: [.customShort("n"), .long], help: "Check inputs and options, say what would be done, write nothing."
  )
  public var dryRun = false

  /// `--config`: read before the command line is parsed, so nothing is left to do with it here.
  @Option(
    help: ArgumentHelp("Options as a JSON object, {\"name\": value, …}; flags win.", valueName: "file"))
  public var config: String?

  /// `--force`: without it or `--resume` an existing output is an error (73).
  @Flag(name: .shortAndLong, help: "Replace what is there already.")
  public var force = false

  /// For the parser, which fills in the values.
  public init() {}

  /// Tells `Diagnostics` of `--quiet`; never throws.
  public mutating func validate() throws {
    Diagnostics.isQuiet = quiet
  }

  /// What to do about an existing output file.
  public var outputMode: OutputMode { force ? .overwrite : .create }
}

/// The options that every tool has that reads a stream.
public struct CommonOptions: ParsableArguments {
  @OptionGroup var basic: BasicOptions

  /// `--max-errors`: not negative; 0 makes the first bad line an error.
  @Option(help: ArgumentHelp("Set up to that many bad lines aside before giving up.", valueName: "n"))
  public var maxErrors = 0

  /// `--rejects`: nil where bad lines are only counted.
  @Option(help: ArgumentHelp("Where bad lines go, verbatim; needs --max-errors.", valueName: "file"))
  public var rejects: String?

  /// For the parser, which fills in the values.
  public init() {}

  /// Throws `ValidationError` for a negative `--max-errors`, and for a `--rejects` without it or to standard output.
  public mutating func validate() throws {
    try OptionBounds.check("--max-errors", maxErrors, in: 0...Int.max)
    guard rejects == nil || maxErrors > 0 else { throw ValidationError("--rejects needs --max-errors N") }
    guard rejects != "-" else { throw ValidationError("--rejects needs a file, not standard output") }
  }

  /// `--quiet`, of the group within.
  public var quiet: Bool { basic.quiet }
  /// `--dry-run`, of the group within.
  public var dryRun: Bool { basic.dryRun }
  /// `--force`, of the group within.
  public var force: Bool { basic.force }
  /// What to do about an existing output file.
  public var outputMode: OutputMode { basic.outputMode }

  /// Where bad lines go; each is also noted on stderr.
  /// - Parameters:
  ///   - output: the path of the tool's output, nil where it has none.
  ///   - isResuming: a resumed run writes the rejects file anew, for it reads its input anew.
  /// - Throws: `ToolError`: 64 where the rejects file is the output, 73 where it cannot be created.
  public func rejectPolicy(
    beside output: String? = nil, isResuming: Bool = false
  ) throws(ToolError) -> RejectPolicy {
    guard rejects == nil || rejects != output else {
      throw ToolError(.usage, "--rejects needs another file than the output")
    }
    return try RejectPolicy(
      limit: maxErrors, path: dryRun ? nil : rejects, mode: isResuming ? .overwrite : outputMode,
      report: { Diagnostics.note("\($0) (set aside)") })
  }
}
