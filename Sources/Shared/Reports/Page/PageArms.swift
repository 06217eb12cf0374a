import Faithfulness

/// A figure of the page: its caption and its drawing.
struct PageFigure {
  var caption: String
  var chart: any Chart
}

// The figures of arms: the gap of each, beside those of its checkpoints, and against what the arm varies.
extension ReportPage {
  func armFigures(orig: String) -> [PageFigure] {
    let arms = report.arms.filter { $0.origName == orig }
    guard !arms.isEmpty else { return [] }
    let gaps = PageFigure(
      caption:
        "The gap of each arm (orig = \(orig)) with its 95 % interval over source items and checkpoints, and "
        + "of each of its checkpoints, with intervals over source items.",
      chart: gapPerArm(arms))
    let agreement = PageFigure(
      caption: "The gap of each arm against the agreement of \(orig)'s labels with current behaviour.",
      chart: gapChart(
        arms.map { ($0, $0.agreement.value) }, title: "Gap of each arm against agreement",
        xTitle: "agreement of s and o (share of pairs)", hasLogarithmicX: false))
    let positions = arms.map { ($0, $0.arm.position) }.filter { $0.1 != nil }
    guard Set(positions.map(\.1)).count > 1 else { return [gaps, agreement] }
    let against = PageFigure(
      caption: "The gap of each arm against its X (orig = \(orig)).",
      chart: gapChart(
        positions, title: "Gap of each arm against X", xTitle: "X of the arm", hasLogarithmicX: true))
    let curve = PageFigure(
      caption:
        "Faithfulness of the arms against their X (orig = \(orig)), with 95 % intervals. The thin line is the best "
        + "guess of each.",
      chart: curve(arms))
    return [gaps, agreement, against, curve]
  }

  /// The scores of the arms as one course over X.
  private func curve(_ arms: [ArmRow]) -> LineChart {
    func series(
      _ label: String, _ style: SeriesStyle, isThin: Bool = false, _ estimate: (ArmRow) -> Estimate
    ) -> Series {
      let points = arms.compactMap { arm in
        let estimate = estimate(arm)
        return arm.arm.position.flatMap { x in
          estimate.value.map { ChartPoint(x: x, y: $0, interval: estimate.interval) }
        }
      }
      return Series(label: label, style: style, points: points.sorted { $0.x < $1.x }, isThin: isThin)
    }
    return LineChart(
      title: "Faithfulness of the arms against X", xTitle: "X of the arm", yTitle: "share of pairs",
      series: [
        series("self", .first) { $0.selfAccuracy }, series("orig", .second) { $0.origAccuracy },
        series("agreement", .third) { $0.agreement },
        series("best guess", .fourth, isThin: true) {
          Estimate(value: $0.truthful.best.value, interval: nil)
        },
      ], yValues: 0...1, countsX: false, hasLogarithmicX: true)
  }

  private func gapPerArm(_ arms: [ArmRow]) -> IntervalChart {
    var rows: [IntervalChart.Row] = []
    func add(_ label: String, _ style: SeriesStyle, _ gap: Estimate) {
      let mark = gap.value.map { IntervalChart.Mark(style: style, value: $0, interval: gap.interval) }
      rows.append(.init(label: label, marks: mark.map { [$0] } ?? [], numbers: signed(gap)))
    }
    for arm in arms {
      add(arm.arm.label, .first, arm.gap)
      for name in arm.arm.names {
        let row = report.rows.first { $0.selfName == name && $0.origName == arm.origName }
        if let row { add(name, .fourth, row.estimate(\.all.gap)) }
      }
    }
    return IntervalChart(
      title: "Gap of each arm and of its checkpoints", xTitle: "gap: self − orig (share of pairs)",
      legend: [(.first, "arm"), (.fourth, "one checkpoint")], rows: rows)
  }

  private func gapChart(
    _ arms: [(row: ArmRow, x: Double?)], title: String, xTitle: String, hasLogarithmicX: Bool
  ) -> LineChart {
    LineChart(
      title: title, xTitle: xTitle, yTitle: "gap: self − orig",
      series: arms.enumerated().compactMap { index, arm in
        guard let x = arm.x, let gap = arm.row.gap.value else { return nil }
        let point = ChartPoint(x: x, y: gap, interval: arm.row.gap.interval)
        return Series(label: arm.row.arm.label, style: .at(index), points: [point], isLine: false)
      }, yValues: 0...0, countsX: false, isSigned: true, hasLogarithmicX: hasLogarithmicX)
  }
}
