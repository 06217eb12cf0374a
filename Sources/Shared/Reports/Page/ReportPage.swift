import Faithfulness
import Streams

/// A report as one self-contained HTML page: verdicts, figures, tables, examples and what was run. It needs
/// neither network nor server; without script it lacks only the sorting of tables and the browser of
/// examples.
public struct ReportPage: Sendable {
  let report: ScoreReport
  let examples: ExampleSample
  let identities: CheckpointIdentities
  let provenance: Provenance
  let curves: [TrainingCurves]
  let run: RunDescription

  /// What produced the page.
  public struct RunDescription: Sendable {
    var version: String
    var arguments: [String]
    var inputs: [InputSummary]

    /// The tool's version, its command line with the program's name first, and what it read.
    public init(version: String, arguments: [String], inputs: [InputSummary]) {
      self.version = version
      self.arguments = arguments
      self.inputs = inputs
    }
  }

  /// All that the page shows. The examples and identities must have seen the cases that the report scores.
  public init(
    report: ScoreReport, examples: ExampleSample, identities: CheckpointIdentities, provenance: Provenance,
    curves: [TrainingCurves], run: RunDescription
  ) {
    self.report = report
    self.examples = examples
    self.identities = identities
    self.provenance = provenance
    self.curves = curves
    self.run = run
  }

  /// The bytes of the page. Throws `ToolError` (1) for a number that JSON cannot hold.
  public func render() throws(ToolError) -> [UInt8] {
    var bytes = Array(start.markup.utf8)
    bytes += Array("<script type=\"application/json\" id=\"example-data\">".utf8)
    bytes += try exampleData()
    bytes += Array("</script>\n<script>".utf8)
    bytes += Asset.script
    bytes += Array("</script>\n</body>\n</html>\n".utf8)
    return bytes
  }

  private static let title = "Explanations against behaviour"

  /// Everything before the data and the script.
  private var start: HTML {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta http-equiv="Content-Security-Policy" content="\(Asset.policy)">
    <title>\(Self.title): \(report.plan.selves.joined(separator: ", "))</title>
    <style>\(Asset.style)</style>
    </head>
    <body>
    <a class="skip" href="#verdicts">Skip to the verdicts</a>
    <header>
    <h1>\(Self.title)</h1>
    <p>\(report.summary)</p>
    \(facts.html)<nav aria-label="Sections">\(sections.map { "<a href=\"#\($0.id)\">\($0.title)</a> " })</nav>
    </header>
    <main>
    \(warnings)\(sections.map(\.html))
    </main>

    """
  }

  private var facts: RunFacts {
    RunFacts(
      provenance.steps, models: identities.modelNames, tasks: report.health.map(\.task),
      resamplingSeed: report.plan.seed)
  }

  /// More warnings than this are folded, so that the verdicts below them are seen.
  private static let openWarnings = 3

  private var warnings: HTML {
    let warnings = report.warnings.map(\.text)
    if warnings.count <= Self.openWarnings {
      return HTML(warnings.map { "<p class=\"warning\"><strong>Warning:</strong> \($0).</p>\n" })
    }
    return
      "<details class=\"warning\"><summary><strong>\(warnings.count) warnings</strong></summary>\n<ul>\(warnings.map { "<li>\($0).</li>\n" })</ul></details>\n"
  }

  private var sections: [PageSection] {
    [
      PageSection("verdicts", "Verdicts", verdicts), PageSection("figures", "Figures", figures),
      PageSection("said", "Said and done", saidAgainstDone),
      PageSection("tables", "Tables", tables), PageSection("examples", "Examples", exampleBrowser),
      PageSection("run", "What was run", whatWasRun),
      PageSection("notes", "Notes", "<ul>\(report.notes.map { "<li>\($0)</li>" })</ul>"),
    ]
  }
}
