import Faithfulness
import Streams

/// Lines over a common axis, each with the band of its intervals, or points with their whiskers; the label of
/// a series stands at its last point.
package struct LineChart: Chart {
  var title: String
  var xTitle: String
  var yTitle: String
  package var series: [Series]
  /// What the vertical axis must show.
  var yValues: ClosedRange<Double>?
  /// Whether the horizontal axis counts, as steps do.
  var countsX: Bool
  /// Whether the vertical axis shows differences.
  var isSigned: Bool
  /// Whether the vertical axis is logarithmic where the values allow it.
  var isLogarithmic: Bool
  /// The same of the horizontal axis.
  var hasLogarithmicX: Bool

  package init(
    title: String, xTitle: String, yTitle: String, series: [Series], yValues: ClosedRange<Double>? = nil,
    countsX: Bool = true, isSigned: Bool = false, isLogarithmic: Bool = false,
    hasLogarithmicX: Bool = false
  ) {
    self.title = title
    self.xTitle = xTitle
    self.yTitle = yTitle
    self.series = series
    self.yValues = yValues
    self.countsX = countsX
    self.isSigned = isSigned
    self.isLogarithmic = isLogarithmic
    self.hasLogarithmicX = hasLogarithmicX
  }

  /// nil where no series has a point.
  package func svg(id: String, place chartPlace: ChartPlace = .page) -> HTML? {
    let decades = isLogarithmic ? Decades(drawn) : nil
    let horizontal = hasLogarithmicX ? Decades(horizontal: decades?.series ?? drawn) : nil
    let drawn = horizontal?.series ?? decades?.series ?? drawn
    let points = drawn.flatMap(\.points)
    guard let xMin = points.map(\.x).min(), let xMax = points.map(\.x).max() else { return nil }
    let wanted = decades == nil ? yValues : nil
    let yMin = points.reduce(wanted?.lowerBound ?? .infinity) { min($0, $1.y, $1.interval?.low ?? $1.y) }
    let yMax = points.reduce(wanted?.upperBound ?? -.infinity) { max($0, $1.y, $1.interval?.high ?? $1.y) }
    let yAxis = decades?.axis(yTitle, yMin...yMax) ?? linearAxis(yMin...yMax)
    let frame = ChartFrame(
      height: 300, left: 62, right: 132,
      xAxis: horizontal?.axis(xTitle, xMin...xMax) ?? linearX(xMin...xMax), yAxis: yAxis)
    let content =
      HTML(drawn.map { band($0, frame) }) + HTML(drawn.map { line($0, frame) }) + labels(drawn, frame)
    return frame.svg(id: id, place: chartPlace, title: title, description: description, content)
  }

  private func linearX(_ range: ClosedRange<Double>) -> Axis {
    // Points that stand alone keep off the edges.
    let padding = countsX ? 0 : (range.upperBound - range.lowerBound) * 0.04
    let values = Ticks.opened(
      range.lowerBound - padding...range.upperBound + padding, by: countsX ? 1 : 0.05)
    return Axis(title: xTitle, values: values, ticks: Ticks(in: values, count: 6, whole: countsX))
  }

  private func linearAxis(_ range: ClosedRange<Double>) -> Axis {
    let values = Ticks.widened(range, count: 5)
    return Axis(title: yTitle, values: values, ticks: Ticks(in: values, count: 5), isSigned: isSigned)
  }

  private var drawn: [Series] { series.map(\.drawable).filter { !$0.points.isEmpty } }

  /// The ends of every line in words.
  private var description: String {
    drawn.compactMap { series in
      guard let first = series.points.first, let last = series.points.last else { return nil }
      func at(_ x: Double) -> String { countsX ? grouped(Int(x)) : fixed(x, 3) }
      let start = "\(series.label): \(fixed(first.y, 3)) at \(at(first.x))"
      return first == last ? start : start + ", \(fixed(last.y, 3)) at \(at(last.x))"
    }.joined(separator: "; ") + "."
  }

  private func path(_ points: [(x: Double, y: Double)], _ frame: ChartFrame) -> String {
    points.enumerated().map { index, point in
      "\(index == 0 ? "M" : "L")\(place(frame.x.place(point.x))) \(place(frame.y.place(point.y)))"
    }.joined()
  }

  private func band(_ series: Series, _ frame: ChartFrame) -> HTML {
    guard series.isLine else { return HTML(series.points.map { whisker($0, series.style, frame) }) }
    let high = series.points.compactMap { point in point.interval.map { (x: point.x, y: $0.high) } }
    let low = series.points.compactMap { point in point.interval.map { (x: point.x, y: $0.low) } }
    guard high.count > 1 else { return HTML() }
    return "<path class=\"band \(series.style.name)\" d=\"\(path(high + low.reversed(), frame) + "Z")\"/>"
  }

  private func whisker(_ point: ChartPoint, _ style: SeriesStyle, _ frame: ChartFrame) -> HTML {
    guard let interval = point.interval else { return HTML() }
    let x = place(frame.x.place(point.x))
    return """
      <line class="whisker \(style.name)" x1="\(x)" x2="\(x)" y1="\(place(frame.y.place(interval.low)))" \
      y2="\(place(frame.y.place(interval.high)))"/>
      """
  }

  private func line(_ series: Series, _ frame: ChartFrame) -> HTML {
    let points = series.points.map { (x: $0.x, y: $0.y) }
    var line: HTML =
      series.isLine
      ? "<path class=\"line \(series.style.name)\(series.isThin ? " thin" : "")\" d=\"\(path(points, frame))\"/>"
      : HTML()
    guard series.showsPoints else { return line }
    for point in series.points {
      line += series.style.marker(frame.x.place(point.x), frame.y.place(point.y))
    }
    return line
  }

  private func labels(_ series: [Series], _ frame: ChartFrame) -> HTML {
    let wanted = series.map { frame.y.place($0.points.last?.y ?? 0) }
    let places = spreadLabels(wanted, distance: 15, in: frame.top + 4...frame.plotBottom)
    return HTML(
      zip(series, places).map { series, y in
        let x = (series.points.last?.x).map { frame.x.place($0) } ?? frame.plotRight
        return """
          <text class="label \(series.style.name)" x="\(place(x + 10))" y="\(place(y + 4))">\(shortened(series.label))</text>
          """
      })
  }
}
