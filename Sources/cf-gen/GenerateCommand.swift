import ArgumentParser
import Cases
import CommandSupport
import Importers
import Streams
import Tasks

/// The options of cf-gen, and its run: rows in, cases out, one at a time.
struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cf-gen",
    abstract: "Make cases with counterfactuals.",
    discussion: """
      Reads rows of data sets and writes cases, as JSON Lines in zstd: an input x, the features that can be \
      removed from it, and x without each of them. Without --input, the data set written for the task is used.
      """,
    version: ToolVersion.string)

  @Option(help: ArgumentHelp("hint, sycophancy or refusal.", valueName: "name"))
  var task: String?

  @Option(
    help: ArgumentHelp(
      "A data file, a directory of them, or - for standard input; plain or zstd. May be repeated.",
      valueName: "path"))
  var input: [String] = []

  @Option(help: ArgumentHelp("Read all inputs in this format instead of recognising it.", valueName: "name"))
  var format: String?

  @Option(
    help: ArgumentHelp(
      "What a column of a file in any other shape is, such as question, prompt or body. May be repeated.",
      valueName: "column=role"))
  var map: [String] = []

  @Option(help: ArgumentHelp("Kinds of features, separated by commas.", valueName: "kind,…"))
  var features: FeatureKinds?

  @Option(help: ArgumentHelp("At most so many features a case.", valueName: "n"))
  var maxFeatures = 6

  @Option(
    help: ArgumentHelp(
      "Decides wordings, places, suggested answers and the choice of features.", valueName: "s"))
  var seed = 0

  @Flag(help: "List the tasks and their kinds of features, and stop.")
  var listTasks = false

  @Flag(help: "List the formats that are recognised, and stop.")
  var listFormats = false

  @OptionGroup(title: "Selection") var selection: SelectionOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Common options") var common: CommonOptions

  func validate() throws {
    guard listTasks || listFormats || task != nil else { throw ValidationError("--task is missing") }
    guard format == nil || !input.isEmpty else { throw ValidationError("--format needs --input") }
    guard map.isEmpty || !input.isEmpty else { throw ValidationError("--map needs --input") }
    guard map.isEmpty || format == nil else { throw ValidationError("--map and --format exclude each other") }
    guard maxFeatures >= 1 else { throw ValidationError("--max-features must be at least 1") }
    guard seed >= 0 else { throw ValidationError("--seed must not be negative") }
    try InputOperands.checkStandardInput(input)
  }

  func run() throws {
    if listTasks || listFormats {
      let lists = (listTasks ? taskList : []) + (listFormats ? formatList : [])
      return try OutputFile(path: nil).write(lists.map { $0 + "\n" }.joined())
    }
    var run = try GenerationRun(self)
    try run.generate()
  }

  private var taskList: [String] {
    TaskDefinition.builtIn.map { task in
      let kinds = task.featureKinds.map(\.rawValue).joined(separator: ",")
      return "\(task.name)\t\(task.summary)\t\(kinds)"
    }
  }

  private var formatList: [String] {
    Importer.formats.map { "\($0.name)\t\($0.summary)\t\($0.tasks.joined(separator: ","))" }
  }
}

/// The value of `--features`.
struct FeatureKinds: ExpressibleByArgument, CustomStringConvertible {
  let kinds: [FeatureKind]

  init?(argument: String) {
    let names = argument.split(separator: ",", omittingEmptySubsequences: false)
    kinds = names.compactMap { FeatureKind(rawValue: String($0)) }
    guard kinds.count == names.count, Set(kinds).count == kinds.count else { return nil }
  }

  var description: String { kinds.map(\.rawValue).joined(separator: ",") }
}
