import Faithfulness

// The findings: one line a label, with the numbers of its claims.
extension ReportPage {
  var findings: HTML {
    guard let note = report.findingsNote else { return HTML() }
    let lines: [HTML] = report.findings.map { finding in
      "<li>\(finding.outcome.badge.html) <strong>\(finding.label)</strong>: \(finding.text).</li>\n"
    }
    return """
      <h3>Findings</h3>
      <ul class="verdicts">\(lines)</ul>
      <p>\(note)</p>

      """
  }
}
