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

  /// The rows whose NAMEs tell a training step, by series, in ascending step; series of one step are left out.
  private func runs(of rows: [ScoreRow]) -> [(series: String, rows: [(step: Int, row: ScoreRow)])] {
    var runs: [(series: String, rows: [(step: Int, row: ScoreRow)])] = []
    for row in rows {
      guard let step = TrainingStep(name: row.selfName) else { continue }
      if let index = runs.firstIndex(where: { $0.series == step.series }) {
        runs[index].rows.append((step.step, row))
      } else {
        runs.append((step.series, [(step.step, row)]))
      }
    }
    return runs.filter { Set($0.rows.map(\.step)).count > 1 }.map { run in
      (run.series, run.rows.sorted { $0.step < $1.step })
    }
  }

  private func points(
    _ rows: [(step: Int, row: ScoreRow)], _ estimate: (ScoreRow) -> Estimate
  ) -> [ChartPoint] {
    rows.compactMap { step, row in
      let estimate = estimate(row)
      return estimate.value.map { ChartPoint(x: Double(step), y: $0, interval: estimate.interval) }
    }
  }

  private func scoreChart(_ run: (series: String, rows: [(step: Int, row: ScoreRow)])) -> LineChart {
    LineChart(
      title: "Faithfulness to self and to orig over training", xTitle: "training step of the explainer",
      yTitle: "share of explanations right",
      series: [
        Series(label: "self", style: .first, points: points(run.rows) { $0.estimate(\.all.selfAccuracy) }),
        Series(label: "orig", style: .second, points: points(run.rows) { $0.estimate(\.all.origAccuracy) }),
        guess("copy", .third, run.rows) { $0.baselines.copy.selfAccuracy },
        guess("majority", .fourth, run.rows) { $0.baselines.majoritySelf.selfAccuracy },
        guess("null", .fifth, run.rows) { $0.scores.all.nullSelf },
      ])
  }

  /// What a guess has against self.
  private func guess(
    _ label: String, _ style: SeriesStyle, _ rows: [(step: Int, row: ScoreRow)],
    _ value: (ScoreRow) -> Double?
  ) -> Series {
    Series(
      label: label, style: style, points: points(rows) { Estimate(value: value($0), interval: nil) },
      showsPoints: false, isThin: true)
  }

  private func agreementChart(_ run: (series: String, rows: [(step: Int, row: ScoreRow)])) -> LineChart {
    LineChart(
      title: "Agreement of the labels with current behaviour over training",
      xTitle: "training step of the explainer", yTitle: "agreement on x∖C",
      series: [
        Series(label: "equal answers", style: .first, points: points(run.rows) { $0.estimate(\.agreement) }),
        Series(
          label: "Cohen's κ", style: .third,
          points: points(run.rows) { Estimate(value: $0.counterfactualAgreement.kappa, interval: nil) }),
      ])
  }

  private func lossCaption(_ curves: TrainingCurves) -> String {
    let width = curves.curves.map(\.curve.width).max() ?? 1
    return "Loss over the training steps of \(curves.path)"
      + (width > 1 ? ", means of \(grouped(width)) steps" : "")
      + "; the axis is logarithmic where losses differ much."
  }

  private func lossChart(_ curves: TrainingCurves) -> LineChart {
    LineChart(
      title: "Training loss", xTitle: "training step", yTitle: "loss (nats a token)",
      series: curves.curves.enumerated().map { index, curve in
        Series(
          label: curve.name, style: .at(index), points: curve.curve.points,
          showsPoints: curve.name == "eval_loss")
      }, yValues: 0...0, isLogarithmic: true)
  }
}
