import Faithfulness

// The figures, each with its caption.
extension ReportPage {
  /// On the page.
  var figures: HTML {
    let figures: [HTML] = drawnFigures.enumerated().compactMap { index, figure in
      figure.chart.svg(id: "figure-\(index + 1)", place: .page).map {
        "<figure>\($0)<figcaption>Figure \(index + 1). \(figure.caption)</figcaption></figure>\n"
      }
    }
    return HTML(figures)
  }

  /// All figures in their order; one that has nothing to show keeps its number.
  var drawnFigures: [PageFigure] {
    var drawn: [PageFigure] = []
    for orig in report.plan.origs {
      let rows = report.rows.filter { $0.origName == orig }
      drawn.append(PageFigure(caption: gapCaption(orig), chart: gapChart(rows)))
      drawn += armFigures(orig: orig)
      for run in runs(of: rows) {
        let steps = "over the training steps of \(run.series)… (orig = \(orig))"
        drawn.append(
          PageFigure(
            caption:
              "Faithfulness \(steps). Bands are 95 % intervals. Thin lines are what guessing has against self: B(Mt, x) "
              + "(copy), the most common answer (majority), and permuted explanations (null).",
            chart: scoreChart(run)))
        drawn.append(
          PageFigure(
            caption: "Agreement of \(orig)'s labels with current behaviour \(steps).",
            chart: agreementChart(run)))
      }
    }
    for curves in curves {
      drawn.append(PageFigure(caption: lossCaption(curves), chart: lossChart(curves)))
    }
    return drawn
  }

  private func gapCaption(_ orig: String) -> String {
    "The gap self − orig of each row (orig = \(orig)) with its 95 % interval, beside the gap that permuted "
      + "explanations have, with the middle 95 % of the draws."
  }

  private func gapChart(_ rows: [ScoreRow]) -> IntervalChart {
    let lines = rows.map { row in
      let gap = row.estimate(\.all.gap)
      let estimates = [
        (SeriesStyle.first, gap),
        (.second, Estimate(value: row.scores.all.nullGap, interval: row.nullAll?.gap)),
      ]
      return IntervalChart.Row(
        label: report.name(row),
        marks: estimates.compactMap { style, estimate in
          estimate.value.map { IntervalChart.Mark(style: style, value: $0, interval: estimate.interval) }
        },
        numbers: "\(signed(gap.value)), null \(signed(row.scores.all.nullGap))")
    }
    return IntervalChart(
      title: "Gap of each row beside its null", xTitle: "gap: self − orig (share of pairs)",
      legend: [(.first, "gap"), (.second, "null gap")], rows: lines)
  }
}
