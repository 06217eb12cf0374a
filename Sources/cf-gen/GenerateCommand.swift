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
    version: ToolVersion.text())

  @Option(help: ArgumentHelp("hint, sycophancy, refusal, or a task file.", valueName: "name|file.json"))
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

  @Option(
    help: ArgumentHelp(
      "Print the file of a built-in task, as the start of one of your own, and stop.", valueName: "name"))
  var printTask: String?

  @Flag(help: "List the formats that are recognised, and stop.")
  var listFormats = false

  @OptionGroup(title: "Selection") var selection: SelectionOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Common options") var common: CommonOptions

  func validate() throws {
    guard listTasks || listFormats || printTask != nil || task != nil else {
      throw ValidationError("--task is missing")
    }
    guard format == nil || !input.isEmpty else { throw ValidationError("--format needs --input") }
    guard map.isEmpty || !input.isEmpty else { throw ValidationError("--map needs --input") }
    guard map.isEmpty || format == nil else { throw ValidationError("--map and --format exclude each other") }
    try OptionBounds.check("--max-features", maxFeatures, in: 1...OptionBounds.count)
    try OptionBounds.check("--seed", seed, in: 0...Int.max)
    try InputOperands.checkStandardInput(input)
  }

  func run() throws {
    if let printTask {
      guard let text = TaskDefinition.builtInText(printTask) else {
        throw ToolError(.usage, "no built-in task \(printTask) (tasks: \(Self.builtInNames))")
      }
      return try OutputFile(path: nil).write(String(decoding: text, as: UTF8.self))
    }
    if listTasks || listFormats {
      let lists = (listTasks ? taskList : []) + (listFormats ? formatList : [])
      return try OutputFile(path: nil).write(lists.map { $0 + "\n" }.joined())
    }
    var run = try openRun()
    try run.generate()
  }

  private static var builtInNames: String { TaskDefinition.builtIn.map(\.name).joined(separator: ", ") }

  private var taskList: [String] {
    TaskDefinition.builtIn.map { task in
      let kinds = task.features.map(\.name).joined(separator: ",")
      return "\(task.name)\t\(task.summary)\t\(kinds)"
    }
  }

  private var formatList: [String] {
    Importer.formats.map {
      "\($0.name)\t\($0.summary)\t\(TaskDefinition.builtInName(reading: $0.shape) ?? "")"
    }
  }
}

/// The value of `--features`: names of kinds, none of them twice.
struct FeatureKinds: ExpressibleByArgument, CustomStringConvertible {
  let names: [String]

  init?(argument: String) {
    names = argument.split(separator: ",", omittingEmptySubsequences: false).map { String($0) }
    guard !names.contains(""), Set(names).count == names.count else { return nil }
  }

  var description: String { names.joined(separator: ",") }
}
