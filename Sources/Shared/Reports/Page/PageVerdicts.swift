import Faithfulness

extension Verdict.Outcome {
  /// Whether introspective coupling holds.
  fileprivate var badge: Badge {
    switch self {
    case .coupled: .holds
    case .notCoupled: .fails
    case .undecided: .open
    }
  }
}

// The verdicts: one line a row, with its numbers.
extension ReportPage {
  var verdicts: HTML {
    var html = findings
    html += """
      <p>Introspective coupling: an explainer Mt says what Mt itself does (<em>self</em>) more often than what M0 does, \
      whose labels it learned (<em>orig</em>), and by more than its explanations do when they are permuted \
      (<em>null</em>).</p>

      """
    for orig in report.plan.origs {
      let rows = report.rows.filter { $0.origName == orig }
      html +=
        "<h3>orig = \(orig)</h3>\n<ul class=\"verdicts\">\(rows.map { line($0, report.name($0)) })</ul>\n"
      let groups = report.breakdown.filter { $0.origName == orig }
      guard let key = report.plan.groupKey, !groups.isEmpty else { continue }
      html += """
        <details><summary>By \(key.text): \(groups.count) verdicts</summary><ul class="verdicts">\
        \(groups.map { line($0, "\(report.name($0)), \(report.groupName($0))") })</ul></details>

        """
    }
    return html
  }

  private func line(_ row: ScoreRow, _ name: String) -> HTML {
    "<li>\(row.verdict.outcome.badge.html) <strong>\(name)</strong>: \(row.verdict.text).</li>\n"
  }
}
