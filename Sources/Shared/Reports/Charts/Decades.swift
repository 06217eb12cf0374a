import Foundation

/// Series on a logarithmic axis: their values as powers of ten.
struct Decades {
  /// With log10 of each value. A value that is not positive, or a millionth of the largest, has no place
  /// and is left out.
  let series: [Series]

  /// An axis needs values that differ by this factor; others are better seen on a linear one.
  private static let fewest = 4.0

  /// nil where the values do not differ enough.
  init?(_ series: [Series]) {
    let values = series.flatMap(\.points).map(\.y).filter { $0 > 0 }
    guard let high = values.max() else { return nil }
    let floor = high * 1e-6
    guard let low = values.filter({ $0 >= floor }).min(), high / low >= Self.fewest else { return nil }
    self.series = series.map { series in
      var series = series
      series.points = series.points.filter { $0.y >= floor }.map { ChartPoint(x: $0.x, y: log10($0.y)) }
      return series
    }.filter { !$0.points.isEmpty }
  }

  /// The same of each x, where all are positive and some ten times others; nil otherwise. The values stay.
  init?(horizontal series: [Series]) {
    let places = series.flatMap(\.points).map(\.x)
    guard let low = places.min(), let high = places.max(), low > 0, high / low >= 10 else { return nil }
    self.series = series.map { series in
      var series = series
      series.points = series.points.map { ChartPoint(x: log10($0.x), y: $0.y, interval: $0.interval) }
      return series
    }
  }

  /// An axis over a range of powers of ten, widened to the marks around it.
  func axis(_ title: String, _ powers: ClosedRange<Double>) -> Axis {
    let marks = Self.marks(from: powers.lowerBound.rounded(.down), to: powers.upperBound.rounded(.up))
    let low = marks.last { $0 <= powers.lowerBound + 1e-9 } ?? powers.lowerBound
    let high = marks.first { $0 >= powers.upperBound - 1e-9 } ?? powers.upperBound
    return Axis(
      title: title, values: low...high, ticks: Ticks(values: marks.filter { (low...high).contains($0) }),
      isLogarithmic: true)
  }

  /// The powers of 1, 2 and 5 times a power of ten; of the powers of ten alone where those are many.
  private static func marks(from low: Double, to high: Double) -> [Double] {
    let factors: [Double] = high - low > 3 ? [1] : [1, 2, 5]
    return (Int(low)...Int(high)).flatMap { power in factors.map { Double(power) + log10($0) } }
  }
}
