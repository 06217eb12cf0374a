import Faithfulness

extension Judgement {
  fileprivate var badge: Badge {
    switch self {
    case .holds: .holds
    case .doesNotHold: .fails
    case .undecided: .open
    }
  }
}

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
