import Faithfulness

// All tables of the report; Markdown has the same.
extension ReportPage {
  var tables: HTML {
    var html = HTML()
    for orig in report.plan.origs {
      let rows = report.rows.filter { $0.origName == orig }
      html += "<h3>orig = \(orig)</h3>\n"
      html += report.mainTable(rows).html("Scores", apart: baselineName)
      if !report.plan.arms.isEmpty {
        html += report.armTable(orig: orig).html("Arms")
        html += report.armDivergedTable(orig: orig).html("Arms on D")
      }
      html += report.guessTable(rows).folded("Self against guesses", apart: baselineName)
      html += report.nullTable(rows).folded("The gap over the null", apart: baselineName)
      if let probabilities = report.probabilityTable(rows) {
        html += probabilities.html("Explanations read by probability", apart: baselineName)
        html += report.calibrationTable(rows).html("Calibration: probability → share right (pairs)")
      }
      html += report.baselineTable(rows).html("Baselines: self / orig / gap", apart: baselineName)
      html += secondary(rows).html("Secondary scores, tests and agreement", apart: baselineName)
      if let key = report.plan.groupKey {
        let groups = report.breakdown.filter { $0.origName == orig }
        html += report.mainTable(groups, groupKey: key).html("By \(key.text)", apart: baselineName)
      }
    }
    return html + crossMatrix + multipleComparisons
      + report.healthTable.html("Health of the behaviours") + report.saidTable.html("What is said")
  }

  /// A line a score while that fits; with many explainers a line for each, which can be sorted.
  private func secondary(_ rows: [ScoreRow]) -> ReportTable {
    let table = report.secondaryTable(rows)
    return rows.count <= Self.secondaryColumns ? table : table.transposed(corner: "NAME")
  }

  private static let secondaryColumns = 6

  /// What tables call the baseline explainer, whose rows stand apart.
  private var baselineName: String? { report.rows.first(where: \.isBaseline).map(report.name) }

  /// Every test that a verdict rests on, with how many were made.
  private var multipleComparisons: HTML {
    let tested = report.rows.filter { $0.adjusted != nil }
    guard !tested.isEmpty else { return HTML() }
    var table = ReportTable([
      "NAME", "orig", "p, sign flip", "Holm-adjusted", "p over the null", "Holm-adjusted",
    ])
    for row in tested {
      table.add([
        report.name(row), row.origName, probabilityCell(row.tests.signFlip),
        probabilityCell(row.adjusted?.signFlip), probabilityCell(row.nullAll?.probability),
        probabilityCell(row.adjusted?.null),
      ])
    }
    let breakdown = report.breakdown.count { $0.adjusted != nil }
    let more: HTML =
      breakdown == 0 ? "" : " The \(breakdown) rows of the breakdown are a family of their own."
    return """
      <h3>Multiple comparisons</h3>
      <p>\(tested.count) row\(tested.count == 1 ? "" : "s") tested, each by two tests: \(2 * tested.count) tests. \
      Verdicts rest on the p-values as they are. Adjusted by Holm's method over the rows, taking those below 0.05 \
      keeps the chance of even one false finding of that test to 5 %.\(more)</p>
      \(table.html("Tests", apart: baselineName))
      """
  }
}
