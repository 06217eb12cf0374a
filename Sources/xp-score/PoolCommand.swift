import ArgumentParser
import CommandSupport
import Faithfulness
import Streams

/// `xp-score pool`: what the same experiment found with several M0s.
struct PoolCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "xp-score pool",
    abstract: "Average the reports of one experiment that was run with several M0s.",
    usage: "xp-score pool [options] REPORT.json …",
    discussion: """
      Each report is what xp-score --format json wrote for the arms of one M0. Each M0 counts once; the intervals of the \
      means are Student's t over M0s. They are given again without the M0s that have a collapsed checkpoint. \
      docs/xp-score.md defines every number.
      """,
    version: ToolVersion.text())

  @Argument(
    help: ArgumentHelp("Reports, one an M0; - is standard input.", valueName: "report.json"))
  var reports: [String]

  @Option(
    help: ArgumentHelp(
      "What a report's M0 is called, in the order of the reports; by default its path.", valueName: "text"))
  var label: [String] = []

  @Option(help: ArgumentHelp("The heading of the Markdown.", valueName: "text"))
  var title = "Explanations over M0s"

  @Option(help: ArgumentHelp("How the pool is written.", valueName: "format"))
  var format = PoolFormat.md

  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Common") var common: BasicOptions

  mutating func validate() throws {
    try InputOperands.checkStandardInput(reports)
    guard label.isEmpty || label.count == reports.count else {
      throw ValidationError("\(label.count) --label for \(reports.count) reports: give each one, or none")
    }
    if let text = ([title] + label).first(where: { $0.isEmpty || $0.contains(where: \.isNewline) }) {
      throw ValidationError(
        "\"\(text.filter { !$0.isNewline })\" is no --label or --title: it must be one line")
    }
  }

  func run() throws {
    var run = RunRecord(self)
    let pool = try pool(&run.manifest)
    if common.dryRun {
      try OutputFile.check(path: output.path, mode: common.outputMode)
      let count = reports.count == 1 ? "one report" : "\(reports.count) reports"
      return Diagnostics.note("would average \(pool.lines.count) measures over \(count)")
    }
    let file = try OutputFile(path: output.path, mode: common.outputMode)
    try file.write(format.render(pool))
    try run.finish(file)
    for warning in pool.warnings { Diagnostics.note("warning: \(warning)") }
  }

  /// Reads the reports. Throws `ToolError` (65) for one that is there twice, which would pass for two M0s.
  private func pool(_ manifest: inout Manifest) throws(ToolError) -> Pool {
    var pooled: [PooledReport] = []
    for (index, path) in reports.enumerated() {
      let input = try DecodedInput(path: path)
      var bytes: [UInt8] = []
      while true {
        let piece = try input.next()
        if piece.isEmpty { break }
        bytes += piece
      }
      let name = input.file.name
      let summary = InputSummary(input.file)
      if let same = manifest.inputs.first(where: { $0.sha256 == summary.sha256 }) {
        throw .badData("is the same report as \(same.path)", at: SourcePosition(file: name))
      }
      manifest.inputs.append(summary)
      let json = try JSON.parse(bytes, at: SourcePosition(file: name, line: 1))
      do throws(ToolError) {
        pooled.append(try PooledReport(label: label.isEmpty ? name : label[index], json: json))
      } catch { throw error.located(at: SourcePosition(file: name)) }
    }
    return try Pool(title: title, pooled)
  }
}

extension PoolFormat: ExpressibleByArgument {}
