import ArgumentParser
import Cases
import CommandSupport
import Faithfulness
import Streams
import Tasks

/// `xp-score`: does an explainer say what it does, or what it was trained to say?
struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "xp-score",
    abstract:
      "Score explanations against the explainer's own behaviour and against the labels it was trained on.",
    usage: """
      xp-score --self NAME … --orig NAME … [options] [FILE…|-]
      xp-score --agreement A,B [options] [FILE…|-]
      """,
    discussion: """
      Reads cases with behaviors of every NAME, and explanations of every --self and of --baseline. An id that \
      several files have is one case, with the NAMEs of all. Rows of the split and rows without a split are \
      scored; train rows give the majority of the training labels. \
      docs/xp-score.md defines every number.

      Beside scoring: xp-score pool averages the reports of several M0s; it has its own --help.
      """,
    version: ToolVersion.text())

  @OptionGroup(title: "Scoring") var scoring: ScoringOptions
  @OptionGroup(title: "Tasks") var tasks: TaskOptions
  @OptionGroup(title: "Page") var page: PageOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Common") var common: CommonOptions
  @OptionGroup var input: InputOperands

  mutating func validate() throws {
    try page.check(scoring.outputFormat())
  }

  func run() throws {
    var run = RunRecord(self)
    run.manifest.seeds = ["resampling": .integer(scoring.seed)]
    let sources = try ScoredStreams(scoring.runStreams(), operands: input.files, split: scoring.split)
    let subject = try ScoredInput(
      sources: sources, plan: scoring.plan(sources.names), tasks: tasks.catalog())
    run.manifest.inputs = subject.tasks.inputs
    let format = try scoring.outputFormat()
    run.manifest.options["format"] = .string(format.name)
    if scoring.agreement != nil { return try compare(subject, format, run) }
    try score(subject, format, run)
  }

  private func score(_ subject: ScoredInput, _ format: OutputFormat, _ run: RunRecord) throws {
    var run = run
    let curves = try page.curves()
    let figures = try page.figureDirectory(replaces: common.force, beside: output.path)
    let reader = try reader(of: subject)
    if common.dryRun {
      try rehearse(reader, of: subject, run)
      return Diagnostics.note(intention(subject))
    }
    // Before the input is read, which can take minutes: an output that cannot be made is an error at once.
    let file = try OutputFile(path: output.path, mode: common.outputMode)
    let report: ScoreReport
    switch format {
    case .tables(let format):
      report = try ScoreReport(read(reader, of: subject, noting: &run))
      try file.write(format.render(report))
    case .html:
      run.manifest.options["examples"] = .integer(page.limit)
      var material = PageMaterial(page, plan: subject.plan)
      let table = try read(reader, of: subject, noting: &run) { record, isNew throws(ToolError) in
        try material.add(record, isNew: isNew)
      }
      report = try ScoreReport(table)
      let written = material.page(report, run, metrics: page.metrics, curves: curves)
      // First, for a page on standard output cannot be taken back where they fail.
      if let figures {
        try figures.write(written.figureFiles)
        try run.writeManifest(OutputSummary(path: figures.path, byteCount: 0, sha256: ""))
      }
      try file.write(written.render())
    }
    try run.finish(file)
    // They stand in the report too, but that may go to a file.
    for warning in report.warnings { Diagnostics.note("warning: \(warning.text)") }
  }

  /// What a dry run says.
  private func intention(_ subject: ScoredInput) -> String {
    let (plan, paths) = (subject.plan, subject.sources.paths)
    let claims = plan.claims.map { "\($0.label): \($0.text)" }.joined(separator: "; ")
    return
      "would score \(plan.selves.joined(separator: ", ")) against \(plan.origs.joined(separator: ", ")) "
      + "on split \(plan.split.rawValue) of \(paths.joined(separator: ", "))"
      + (claims.isEmpty ? "" : ", and judge \(claims)")
  }
}
