import Faithfulness
import Streams

// The figures of a course of training: scores and losses by step.
extension ReportPage {
  /// The rows whose NAMEs tell a training step, by series, in ascending step; series of one step are left
  /// out.
  func runs(of rows: [ScoreRow]) -> [(series: String, rows: [(step: Int, row: ScoreRow)])] {
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

  func scoreChart(_ run: (series: String, rows: [(step: Int, row: ScoreRow)])) -> LineChart {
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

  func agreementChart(_ run: (series: String, rows: [(step: Int, row: ScoreRow)])) -> LineChart {
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

  func lossCaption(_ curves: TrainingCurves) -> String {
    let width = curves.curves.map(\.curve.width).max() ?? 1
    return "Loss over the training steps of \(curves.path)"
      + (width > 1 ? ", means of \(grouped(width)) steps" : "")
      + "; the axis is logarithmic where losses differ much."
  }

  func lossChart(_ curves: TrainingCurves) -> LineChart {
    LineChart(
      title: "Training loss", xTitle: "training step", yTitle: "loss (nats a token)",
      series: curves.curves.enumerated().map { index, curve in
        Series(
          label: curve.name, style: .at(index), points: curve.curve.points,
          showsPoints: curve.name == "eval_loss")
      }, yValues: 0...0, isLogarithmic: true)
  }
}
