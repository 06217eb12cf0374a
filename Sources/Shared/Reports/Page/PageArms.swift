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
        xTitle: "agreement of s and o (share of pairs)"))
    let positions = arms.map { ($0, $0.arm.position) }.filter { $0.1 != nil }
    guard Set(positions.map(\.1)).count > 1 else { return [gaps, agreement] }
    let against = PageFigure(
      caption: "The gap of each arm against its X (orig = \(orig)).",
      chart: gapChart(positions, title: "Gap of each arm against X", xTitle: "X of the arm"))
    return [gaps, agreement, against]
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

  private func gapChart(_ arms: [(row: ArmRow, x: Double?)], title: String, xTitle: String) -> LineChart {
    LineChart(
      title: title, xTitle: xTitle, yTitle: "gap: self − orig",
      series: arms.enumerated().compactMap { index, arm in
        guard let x = arm.x, let gap = arm.row.gap.value else { return nil }
        let point = ChartPoint(x: x, y: gap, interval: arm.row.gap.interval)
        return Series(label: arm.row.arm.label, style: .at(index), points: [point], isLine: false)
      }, yValues: 0...0, countsX: false, isSigned: true)
  }
}
