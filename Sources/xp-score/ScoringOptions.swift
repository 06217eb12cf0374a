import ArgumentParser
import Cases
import CommandSupport
import Faithfulness
import Streams

/// The options that say what is compared, and how it is shown.
struct ScoringOptions: RenamedOptions {
  // A Swift property cannot be called `self`.
  static let manifestNames = ["selves": "self", "origs": "orig"]

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
}
