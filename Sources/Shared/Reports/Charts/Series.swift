import Faithfulness

/// How a series is told from the others: colour, dashes and the shape of its points, so that it stays itself
/// without colour.
package enum SeriesStyle: Int, CaseIterable, Sendable {
  case first, second, third, fourth, fifth, sixth

  /// The class that report.css gives a colour and dashes.
  var name: String { "s\(rawValue + 1)" }

  static func at(_ index: Int) -> SeriesStyle { allCases[index % allCases.count] }

  /// A point of this style.
  func marker(_ x: Double, _ y: Double) -> HTML {
    let (r, name) = (4.0, name)
    switch self {
    case .first:
      return "<circle class=\"point \(name)\" cx=\"\(place(x))\" cy=\"\(place(y))\" r=\"\(place(r))\"/>"
    case .second: return polygon([(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)])
    case .third: return polygon([(x, y - r - 1), (x + r + 1, y + r), (x - r - 1, y + r)])
    case .fourth: return polygon([(x, y - r - 1), (x + r + 1, y), (x, y + r + 1), (x - r - 1, y)])
    case .fifth: return polygon([(x - r - 1, y - r), (x + r + 1, y - r), (x, y + r + 1)])
    case .sixth: return polygon([(x - r, y - 1.5), (x + r, y - 1.5), (x + r, y + 1.5), (x - r, y + 1.5)])
    }
  }

  private func polygon(_ corners: [(Double, Double)]) -> HTML {
    let points = corners.map { "\(place($0.0)),\(place($0.1))" }.joined(separator: " ")
    return "<polygon class=\"point \(name)\" points=\"\(points)\"/>"
  }
}

/// A point with its 95 % interval, where it has one.
package struct ChartPoint: Equatable, Sendable {
  package var x: Double
  package var y: Double
  var interval: Interval?

  package init(x: Double, y: Double, interval: Interval? = nil) {
    self.x = x
    self.y = y
    self.interval = interval
  }
}

/// A line of a chart.
package struct Series: Sendable {
  var label: String
  var style: SeriesStyle
  /// In ascending x.
  package var points: [ChartPoint]
  /// Whether each point is marked; not for the many points of a loss curve.
  var showsPoints: Bool
  /// Whether the points are joined and their intervals are a band; else they stand alone, each with its
  /// whisker.
  var isLine: Bool
  /// Whether the line is thin, as of something that the others are compared with.
  var isThin: Bool

  package init(
    label: String, style: SeriesStyle, points: [ChartPoint], showsPoints: Bool = true, isLine: Bool = true,
    isThin: Bool = false
  ) {
    self.label = label
    self.style = style
    self.points = points
    self.showsPoints = showsPoints
    self.isLine = isLine
    self.isThin = isThin
  }

  /// Without points beyond what a chart can show: losses of a run that went astray can be of any size.
  var drawable: Series {
    var series = self
    series.points.removeAll { !($0.x.magnitude <= 1e100 && $0.y.magnitude <= 1e100) }
    return series
  }
}

/// Vertical places for labels that are wanted at `wanted`, moved so that they are `distance` apart and within
/// `range`, in the order given.
package func spreadLabels(_ wanted: [Double], distance: Double, in range: ClosedRange<Double>) -> [Double] {
  var places = wanted
  let order = wanted.indices.sorted { wanted[$0] < wanted[$1] }
  var free = range.lowerBound
  for index in order {
    places[index] = max(places[index], free)
    free = places[index] + distance
  }
  var limit = range.upperBound
  for index in order.reversed() {
    places[index] = min(places[index], limit)
    limit = places[index] - distance
  }
  return places
}
