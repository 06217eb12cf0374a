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

  @Option(help: ArgumentHelp("md, json or csv.", valueName: "format"))
  var format = "md"

  @Option(help: ArgumentHelp("Seed of all resampling.", valueName: "n"))
  var seed = 0

  mutating func validate() throws {
    _ = try plan()
    _ = try reportFormat()
  }

  /// Throws `ToolError` (64) where names are repeated, or the split or the seed is none.
  func plan() throws(ToolError) -> ScoringPlan {
    let split = try Split(named: split)
    guard let seed = UInt64(exactly: seed) else { throw ToolError(.usage, "--seed must not be negative") }
    return try ScoringPlan(
      selves: selves, origs: origs, baseline: baseline, split: split,
      groupKey: by.map { GroupKey($0) }, seed: seed)
  }

  /// Throws `ToolError` (64) for an unknown format.
  func reportFormat() throws(ToolError) -> ReportFormat {
    if let known = ReportFormat(rawValue: format) { return known }
    let names = ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")
    throw ToolError(
      .usage,
      format == "html"
        ? "--format html is not there yet; there are \(names)"
        : "--format is \"\(format)\", expected one of \(names)")
  }
}
