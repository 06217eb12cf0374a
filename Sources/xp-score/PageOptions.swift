import ArgumentParser
import Cases
import CommandSupport
import Faithfulness
import Reports
import Streams

/// The options of `--format html`.
struct PageOptions: ParsableArguments {
  /// Pairs on the page where `--examples` does not say.
  static let defaultExamples = 5_000

  @Option(
    help: ArgumentHelp(
      "Show a random sample of up to n pairs (default: \(defaultExamples)).", valueName: "n"))
  var examples: Int?

  @Option(
    help: ArgumentHelp(
      "metrics.jsonl of a training run, for its loss curve; repeat for more.", valueName: "file"))
  var metrics: [String] = []

  @Option(
    help: ArgumentHelp(
      "Write every figure as a file too: DIR/figure-N.svg, and DIR/captions.txt.", valueName: "dir"))
  var figures: String?

  /// The most pairs on the page.
  var limit: Int { examples ?? Self.defaultExamples }

  mutating func validate() throws {
    try OptionBounds.check("--examples", examples, in: 0...OptionBounds.count)
    if figures == "-" || figures == "" {
      throw ValidationError("--figures needs a directory, not standard output")
    }
    if let figures, ["", ".", ".."].contains(figures.split(separator: "/").last ?? "") {
      throw ValidationError("--figures \(figures) has no name of its own")
    }
  }

  /// Throws `ToolError` (64) where an option is given that only the page has.
  func check(_ format: OutputFormat) throws(ToolError) {
    guard case .tables = format else { return }
    let options = [
      ("--examples", examples != nil), ("--metrics", !metrics.isEmpty), ("--figures", figures != nil),
    ]
    for (flag, isGiven) in options where isGiven {
      throw ToolError(.usage, "\(flag) is for --format html")
    }
  }

  /// Where the figures go, if they do. Throws `ToolError`: 64 where that is the page's own path or has the
  /// page in it, 73 where something is in the way.
  func figureDirectory(replaces: Bool, beside output: String?) throws(ToolError) -> FigureDirectory? {
    guard let figures else { return nil }
    let directory = FigureDirectory(path: figures, replaces: replaces)
    if let output, directory.holds(output) {
      throw ToolError(.usage, "--figures \(figures) needs a directory without the page")
    }
    try directory.check()
    return directory
  }

  /// The loss curves. Throws `ToolError`: 66 for a file that is missing, 65 for one that holds no metrics.
  func curves() throws(ToolError) -> [TrainingCurves] {
    var curves: [TrainingCurves] = []
    for path in metrics { curves.append(try TrainingCurves(path: path)) }
    return curves
  }
}

/// What the page shows beyond the scores, gathered while the stream is read.
struct PageMaterial {
  private(set) var examples: ExampleSample
  private(set) var identities: CheckpointIdentities

  init(_ options: PageOptions, plan: ScoringPlan) {
    examples = ExampleSample(plan: plan, limit: options.limit)
    identities = CheckpointIdentities(plan: plan)
  }

  /// Takes a case that was scored, or, unless it is new, what another input adds to one.
  mutating func add(_ record: Case, isNew: Bool) throws(ToolError) {
    try examples.add(record, isNew: isNew)
    identities.add(record)
  }

  /// The page; what is wrong with a manifest beside an input is noted on stderr.
  func page(
    _ report: ScoreReport, _ run: RunRecord, metrics: [String], curves: [TrainingCurves]
  ) -> ReportPage {
    let provenance = Provenance(inputs: run.manifest.inputs, metrics: metrics)
    for problem in provenance.unreadable { Diagnostics.note("warning: \(problem)") }
    return ReportPage(
      report: report, examples: examples, identities: identities, provenance: provenance, curves: curves,
      run: .init(
        version: run.manifest.version, arguments: run.manifest.arguments, inputs: run.manifest.inputs))
  }
}
