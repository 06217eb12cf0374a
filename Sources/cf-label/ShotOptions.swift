import ArgumentParser
import Cases
import CommandSupport
import Labelling
import Streams
import Tasks

/// The options that put labelled explanations before each explanation question.
struct ShotOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "With --explain: put that many labelled explanations of the train split before each question.",
      valueName: "n"))
  var shots: Int?

  @Option(
    help: ArgumentHelp(
      "Take them from these labelled cases, not from the input; may be repeated.", valueName: "file"))
  var shotsFrom: [String] = []

  @Option(
    help: ArgumentHelp("Whose behaviour labels them (default: the NAME of --as).", valueName: "name"))
  var shotsAs: String?

  @Option(help: ArgumentHelp("Decides which labelled explanations are taken.", valueName: "n"))
  var seed: UInt64 = 0

  func validate() throws {
    try OptionBounds.check("--shots", shots, in: 1...OptionBounds.count)
    guard shots == nil else { return }
    if !shotsFrom.isEmpty { throw ValidationError("--shots-from goes with --shots") }
    if shotsAs != nil { throw ValidationError("--shots-as goes with --shots") }
  }

  /// The shots, noted in the manifest; nil where none are asked for. Throws `ToolError`: 64 where the input
  /// has none, 65 where there are too few, 66 for a missing file.
  func choose(
    input: InputOperands, name: String, tasks: TaskCatalog, _ manifest: inout Manifest
  ) throws(ToolError) -> ExplanationShots? {
    guard let shots else { return nil }
    let paths = shotsFrom.isEmpty ? input.paths : shotsFrom
    let name = shotsAs ?? name
    guard paths.allSatisfy(canBeReadTwice) || !shotsFrom.isEmpty else {
      throw ToolError(.usage, "--shots needs --shots-from where the input cannot be read twice")
    }
    var selection = ShotSelection(count: shots, seed: seed, labelledBy: name, tasks: tasks)
    let reader = try RecordReader(paths: paths)
    while try reader.next({ record throws(ToolError) in
      try selection.add(Case(json: .object(record.object)))
    }) != nil {}
    guard !selection.isEmpty else {
      let missing = "no case of the train split with behaviors of \"\(name)\""
      throw shotsFrom.isEmpty
        ? ToolError(.usage, "--shots: the input has \(missing); --shots-from names another file")
        : .badData("--shots-from: \(missing)")
    }
    let chosen = try selection.shots()
    if !shotsFrom.isEmpty { manifest.inputs += reader.inputs }
    manifest.seeds["seed"] = .integer(Int(clamping: seed))
    manifest.shots = [
      "count": .integer(shots), "as": .string(name), "seed": .integer(Int(clamping: seed)),
      "files": try InputSummary.identity(of: shotsFrom), "cases": .object(chosen.ids),
    ]
    return chosen
  }
}
