import ArgumentParser
import Cases
import Faithfulness
import Streams

/// The options that say what is compared, and how it is shown.
struct ScoringOptions: ParsableArguments {
  @Option(
    name: .customLong("self"), help: ArgumentHelp("An explainer Mt; repeat for more rows.", valueName: "name")
  )
  var selves: [String] = []

  @Option(
    name: .customLong("orig"),
    help: ArgumentHelp(
      "A target M0, whose behaviour gave the labels; repeat for more tables.", valueName: "name"))
  var origs: [String] = []

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

  @Flag(help: "Score the explanations of every --self on the behaviour of every other, too.")
  var matrix = false

  @Option(
    help: ArgumentHelp(
      "Instead of scores: may labels of A be reused for B? Compares their behaviours.", valueName: "a,b"))
  var agreement: String?

  @Option(
    help: ArgumentHelp(
      "The agreement that labels need, with --agreement (default: \(ReuseVerdict.defaultThreshold)).",
      valueName: "share"))
  var threshold: Double?

  @Option(
    help: ArgumentHelp("md, json, csv or html (default: md; with --agreement json).", valueName: "format"))
  var format: String?

  @Option(help: ArgumentHelp("Seed of all resampling.", valueName: "n"))
  var seed = 0

  mutating func validate() throws {
    if agreement == nil {
      for (flag, names) in [("self", selves), ("orig", origs)] where names.isEmpty {
        throw ValidationError("Missing expected argument '--\(flag) <name> ...'")
      }
    }
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

  /// Throws `ToolError` (64) where names are repeated, where the split or the seed is none, and for options
  /// that do not go together.
  func plan(_ names: RunNames) throws(ToolError) -> ScoringPlan {
    let split = try Split(named: split)
    guard let seed = UInt64(exactly: seed) else { throw ToolError(.usage, "--seed must not be negative") }
    let groupKey = by.map { GroupKey($0) }
    if let agreement {
      return try plan(comparing: agreement, of: names, split: split, groupKey: groupKey, seed: seed)
    }
    guard threshold == nil else { throw ToolError(.usage, "--threshold is for --agreement") }
    let baselines = baseline.map(names.resolved) ?? []
    if let baseline, baselines.count > 1 {
      throw ToolError(
        .usage, "--baseline \(baseline) is of several runs, name one of \(baselines.joined(separator: ", "))")
    }
    var arms: [Arm] = []
    for text in arm { arms.append(try Arm(text)) }
    return try ScoringPlan(
      selves: selves.flatMap(names.resolved), origs: origs.flatMap(names.resolved), baseline: baselines.first,
      split: split, groupKey: groupKey, seed: seed, arms: arms, claims: claim, hasMatrix: matrix)
  }

  /// The plan of `--agreement A,B`.
  private func plan(
    comparing text: String, of names: RunNames, split: Split, groupKey: GroupKey?, seed: UInt64
  ) throws(ToolError) -> ScoringPlan {
    let others = [
      ("--self", !selves.isEmpty), ("--orig", !origs.isEmpty), ("--baseline", baseline != nil),
      ("--arm", !arm.isEmpty), ("--claim", !claim.isEmpty), ("--matrix", matrix),
    ]
    for (flag, isGiven) in others where isGiven {
      throw ToolError(.usage, "\(flag) and --agreement are two runs: one scores, one compares behaviours")
    }
    if let threshold, !(threshold > 0 && threshold < 1) {
      throw ToolError(.usage, "--threshold is \(threshold), expected a share between 0 and 1")
    }
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts.contains("") else {
      throw ToolError(.usage, "--agreement is \"\(text)\", expected two NAMEs: A,B")
    }
    let resolved = parts.map(names.resolved)
    for (name, meant) in zip(parts, resolved) where meant.count > 1 {
      throw ToolError(
        .usage, "--agreement: \(name) is of several runs, name one of \(meant.joined(separator: ", "))")
    }
    return try ScoringPlan(
      behaviorsOf: resolved[0][0], resolved[1][0], split: split, groupKey: groupKey, seed: seed)
  }

  /// Throws `ToolError` (64) for a format that is not known, or not there of a comparison.
  func outputFormat() throws(ToolError) -> OutputFormat {
    let formats = agreement == nil ? ReportFormat.allCases : [.md, .json]
    let names = formats.map(\.rawValue) + (agreement == nil ? [OutputFormat.htmlName] : [])
    let name = format ?? (agreement == nil ? ReportFormat.md : .json).rawValue
    guard names.contains(name) else {
      throw ToolError(
        .usage, "--format is \"\(name)\", expected one of \(names.joined(separator: ", "))")
    }
    return ReportFormat(rawValue: name).map { .tables($0) } ?? .html
  }
}

/// What is written: the tables in some form, or the page.
enum OutputFormat {
  case tables(ReportFormat)
  case html

  static let htmlName = "html"

  var name: String {
    switch self {
    case .tables(let format): format.rawValue
    case .html: Self.htmlName
    }
  }
}
