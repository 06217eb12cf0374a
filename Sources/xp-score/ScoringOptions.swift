import ArgumentParser
import Cases
import Faithfulness
import Streams

/// The options that say what is compared, and how it is shown.
struct ScoringOptions: ParsableArguments {
  @Option(
    name: .customLong("self"), help: ArgumentHelp("An explainer Mt; repeat for more rows.", valueName: "name")
  )
  var selves: [String]

  @Option(
    name: .customLong("orig"),
    help: ArgumentHelp(
      "A target M0, whose behaviour gave the labels; repeat for more tables.", valueName: "name"))
  var origs: [String]

  @Option(help: ArgumentHelp("An explainer to compare with: the untrained M0.", valueName: "name"))
  var baseline: String?

  @Option(help: ArgumentHelp("The split to score: tune, train, validation or test.", valueName: "name"))
  var split = "test"

  @Option(
    help: ArgumentHelp(
      "Break down by kind (of the feature) or by a path into the record: task, source.dataset, …",
      valueName: "key"))
  var by: String?

  @Option(
    help: ArgumentHelp(
      "Pool --self NAMEs, such as seeds, into one row; repeat for more. @X is a number to plot against.",
      valueName: "label[@x]=name,…"))
  var arm: [String] = []

  @Option(
    help: ArgumentHelp(
      "Judge a comparison of arms; repeat for more. Sides are numbers or ARM[/ORIG][.MEASURE].",
      valueName: "label: left > right"))
  var claim: [String] = []

  @Option(
    help: ArgumentHelp(
      "A stream of another run of the same cases; where models differ, its NAMEs become LABEL/NAME. Repeat for more.",
      valueName: "label=file"))
  var run: [String] = []

  @Option(help: ArgumentHelp("md, json, csv or html.", valueName: "format"))
  var format = "md"

  @Option(help: ArgumentHelp("Seed of all resampling.", valueName: "n"))
  var seed = 0

  mutating func validate() throws {
    // NAMEs of runs are known once their streams were looked into.
    if try runStreams().isEmpty { _ = try plan(RunNames([])) }
    _ = try outputFormat()
  }

  /// The streams of `--run`. Throws `ToolError` (64) for one without label or file.
  func runStreams() throws(ToolError) -> [RunStream] {
    var streams: [RunStream] = []
    for text in run { streams.append(try RunStream(text)) }
    return streams
  }

  /// Throws `ToolError` (64) where names are repeated, or the split or the seed is none.
  func plan(_ names: RunNames) throws(ToolError) -> ScoringPlan {
    let baselines = baseline.map(names.resolved) ?? []
    if let baseline, baselines.count > 1 {
      throw ToolError(
        .usage, "--baseline \(baseline) is of several runs, name one of \(baselines.joined(separator: ", "))")
    }
    let split = try Split(named: split)
    guard let seed = UInt64(exactly: seed) else { throw ToolError(.usage, "--seed must not be negative") }
    var arms: [Arm] = []
    for text in arm { arms.append(try Arm(text)) }
    return try ScoringPlan(
      selves: selves.flatMap(names.resolved), origs: origs.flatMap(names.resolved), baseline: baselines.first,
      split: split,
      groupKey: by.map { GroupKey($0) }, seed: seed, arms: arms, claims: claim)
  }

  /// Throws `ToolError` (64) for an unknown format.
  func outputFormat() throws(ToolError) -> OutputFormat {
    if format == OutputFormat.htmlName { return .html }
    if let known = ReportFormat(rawValue: format) { return .tables(known) }
    let names = (ReportFormat.allCases.map(\.rawValue) + [OutputFormat.htmlName]).joined(separator: ", ")
    throw ToolError(.usage, "--format is \"\(format)\", expected one of \(names)")
  }
}

/// What is written: the tables in some form, or the page.
enum OutputFormat {
  case tables(ReportFormat)
  case html

  static let htmlName = "html"
}
