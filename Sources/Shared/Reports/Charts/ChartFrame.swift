import Faithfulness
import Foundation
import Streams

/// An axis: what it measures, with its unit, and which values it spans.
struct Axis: Equatable, Sendable {
  var title: String
  var values: ClosedRange<Double>
  var ticks: Ticks
  /// Whether values carry a sign, as differences do.
  var isSigned = false
  /// Whether values are powers of ten.
  var isLogarithmic = false

  func label(_ value: Double) -> String {
    if isLogarithmic {
      let number = pow(10, value)
      return number >= 0.999
        ? grouped(Int(number.rounded())) : fixed(number, Int((-0.001 - value).rounded(.up)))
    }
    let text =
      ticks.decimals == 0 && value.magnitude < 1e15
      ? grouped(Int(value.rounded())) : fixed(value, ticks.decimals)
    return isSigned && value > 1e-12 ? "+" + text : text
  }
}

/// A chart's frame: the size, the margins, the scales. Lengths are user units of the SVG, about a pixel each.
struct ChartFrame: Sendable {
  static let width = 660.0

  let height: Double
  let left: Double
  /// Room for labels right of the plot.
  let right: Double
  /// Where the plot begins; a legend may stand above.
  var top = 12.0
  let bottom = 46.0
  let xAxis: Axis
  /// nil where rows stand in place of a scale.
  let yAxis: Axis?

  var plotRight: Double { Self.width - right }
  var plotBottom: Double { height - bottom }
  var x: LinearScale { LinearScale(values: xAxis.values, start: left, end: plotRight) }
  /// Values grow upwards; without an axis, 0 to 1.
  var y: LinearScale { LinearScale(values: yAxis?.values ?? 0...1, start: plotBottom, end: top) }

  /// A whole chart.
  /// - Parameters:
  ///   - id: unique where the chart stands.
  ///   - title: what the chart shows; `description` says the numbers, for those who do not see it.
  func svg(id: String, place chartPlace: ChartPlace, title: String, description: String, _ content: HTML)
    -> HTML
  {
    """
    <svg class="chart"\(attributes(chartPlace)) viewBox="0 0 \(place(Self.width)) \(place(height))" role="img" \
    aria-labelledby="\(id)-title \(id)-description"><title id="\(id)-title">\(title)</title>\
    <desc id="\(id)-description">\(description)</desc>\(ground(chartPlace))\(axes)\(content)</svg>
    """
  }

  private func attributes(_ chartPlace: ChartPlace) -> HTML {
    guard case .file = chartPlace else { return HTML() }
    return " xmlns=\"http://www.w3.org/2000/svg\" width=\"\(place(Self.width))\" height=\"\(place(height))\""
  }

  /// What a chart in a file has under it: its style, and the paper.
  private func ground(_ chartPlace: ChartPlace) -> HTML {
    guard case .file = chartPlace else { return HTML() }
    return "<style>\n\(ChartStyle.sheet)</style><rect class=\"paper\" width=\"100%\" height=\"100%\"/>"
  }

  private var axes: HTML {
    var axes = HTML()
    for value in xAxis.ticks.values {
      let x = place(x.place(value))
      axes += """
        <line class="grid" x1="\(x)" x2="\(x)" y1="\(place(top))" y2="\(place(plotBottom))"/>\
        <text class="tick middle" x="\(x)" y="\(place(plotBottom + 17))">\(xAxis.label(value))</text>
        """
    }
    let middle = place((left + plotRight) / 2)
    axes += """
      <text class="axis middle" x="\(middle)" y="\(place(plotBottom + 38))">\(xAxis.title)</text>
      """
    guard let yAxis else { return axes }
    for value in yAxis.ticks.values {
      let y = place(y.place(value))
      axes += """
        <line class="grid" x1="\(place(left))" x2="\(place(plotRight))" y1="\(y)" y2="\(y)"/>\
        <text class="tick end" x="\(place(left - 8))" y="\(place(self.y.place(value) + 4))">\
        \(yAxis.label(value))</text>
        """
    }
    let center = place((top + plotBottom) / 2)
    axes += """
      <text class="axis middle" transform="translate(14 \(center)) rotate(-90)">\(yAxis.title)</text>
      """
    return axes
  }
}

/// A length as SVG writes it.
func place(_ length: Double) -> String { fixed(length, 1) }
