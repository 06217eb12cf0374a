import Faithfulness
import Reports
import Streams
import Testing

@Suite struct ChartTests {
  @Test func scalesMapLinearlyAndMayDescend() {
    let scale = LinearScale(values: 0...2, start: 300, end: 100)
    #expect(scale.place(0) == 300)
    #expect(scale.place(0.5) == 250)
    #expect(scale.place(2) == 100)
  }

  @Test(arguments: [
    (0.0...1.0, 5, [0, 0.2, 0.4, 0.6, 0.8, 1], 1),
    (0.53...0.84, 5, [0.6, 0.7, 0.8], 1),
    (-0.02...0.28, 5, [0, 0.1, 0.2], 1),
    (60.0...120.0, 6, [60, 70, 80, 90, 100, 110, 120], 0),
    (0.0...9.4, 5, [0, 2, 4, 6, 8], 0),
    (0.011...0.013, 4, [0.011, 0.0115, 0.012, 0.0125, 0.013], 4),
  ])
  func ticksAreRoundNumbers(_ range: ClosedRange<Double>, _ count: Int, _ values: [Double], _ decimals: Int) {
    let ticks = Ticks(in: range, count: count)
    #expect(ticks.values.count == values.count)
    for (tick, value) in zip(ticks.values, values) { #expect(abs(tick - value) < 1e-9) }
    #expect(ticks.decimals == decimals)
  }

  @Test func stepsAreWhole() {
    #expect(Ticks(in: 1...3, count: 6, whole: true).values == [1, 2, 3])
  }

  @Test func rangesWidenToRoundNumbers() {
    let widened = Ticks.widened(0.53...0.84, count: 5)
    #expect(abs(widened.lowerBound - 0.5) < 1e-9 && abs(widened.upperBound - 0.9) < 1e-9)
    let point = Ticks.widened(2...2, count: 5)
    #expect(point.lowerBound < 2 && point.upperBound > 2)
  }

  @Test func labelsKeepTheirDistance() {
    #expect(spreadLabels([100, 101, 40], distance: 15, in: 0...200) == [100, 115, 40])
    #expect(spreadLabels([199, 200], distance: 15, in: 0...200) == [185, 200])
  }

  private let line = Series(
    label: "self <1>", style: .second,
    points: [
      ChartPoint(x: 0, y: 0.5, interval: Interval(low: 0.4, high: 0.6)),
      ChartPoint(x: 100, y: 1, interval: Interval(low: 0.9, high: 1)),
    ])

  @Test func aLineChartDrawsLineBandPointsAndWords() throws {
    let chart = LineChart(title: "T & t", xTitle: "step", yTitle: "share", series: [line])
    let svg = try #require(chart.svg(id: "f")).markup
    // Plot: x from 62 to 528; y from 254 (at 0.4) up to 12 (at 1).
    #expect(svg.contains("<path class=\"line s2\" d=\"M62.0 213.7L528.0 12.0\"/>"))
    #expect(svg.contains("d=\"M62.0 173.3L528.0 12.0L528.0 52.3L62.0 254.0Z\""))
    #expect(occurrences(of: "class=\"point s2\"", in: svg) == 2)
    #expect(svg.contains("<title id=\"f-title\">T &amp; t</title>"))
    #expect(svg.contains("self &lt;1&gt;: 0.500 at 0, 1.000 at 100."))
    #expect(svg.contains("aria-labelledby=\"f-title f-description\""))
  }

  @Test func aLogarithmicAxisHasDecades() throws {
    func chart(_ values: [Double]) -> LineChart {
      LineChart(
        title: "", xTitle: "", yTitle: "",
        series: [
          Series(
            label: "loss", style: .first,
            points: values.enumerated().map { ChartPoint(x: Double($0.offset), y: $0.element) }, isThin: true)
        ], yValues: 0...0, isLogarithmic: true)
    }
    // The plot goes from 254 (at 0.1) up to 12 (at 10): a decade is 121.
    let svg = try #require(chart([10, 1, 0, 0.1]).svg(id: "f")).markup
    #expect(svg.contains("<path class=\"line s1 thin\" d=\"M62.0 12.0L217.3 133.0L528.0 254.0\"/>"))
    for label in ["10", "5", "2", "1", "0.5", "0.2", "0.1"] {
      #expect(svg.contains(">\(label)</text>"), "\(label)")
    }
    #expect(svg.contains("loss: 10.000 at 0, 0.100 at 3."))
    // Many decades have their powers of ten alone; values that differ little, or are not positive, a linear
    // axis.
    let wide = try #require(chart([2000, 0.02]).svg(id: "f")).markup
    #expect(wide.contains(">1,000</text>") && wide.contains(">0.01</text>") && !wide.contains(">500</text>"))
    #expect(try #require(chart([3, 2]).svg(id: "f")).markup.contains(">0</text>"))
    #expect(try #require(chart([0, 0]).svg(id: "f")).markup.contains(">0.0</text>"))
  }

  @Test func aHorizontalAxisHasDecadesToo() throws {
    func chart(_ places: [Double]) -> LineChart {
      LineChart(
        title: "", xTitle: "", yTitle: "",
        series: [
          Series(
            label: "self", style: .first,
            points: places.map { ChartPoint(x: $0, y: $0 / 1000, interval: Interval(low: 0, high: 1)) })
        ], yValues: 0...1, countsX: false, hasLogarithmicX: true)
    }
    // The plot goes from 62 (at 1) to 528 (at 100): a decade is 233; values and intervals stay as they are.
    let svg = try #require(chart([1, 10, 100]).svg(id: "f")).markup
    #expect(svg.contains("class=\"line s1\" d=\"M62.0 253.8L295.0 251.6L528.0 229.8\""))
    #expect(svg.contains("d=\"M62.0 12.0L295.0 12.0L528.0 12.0L528.0 254.0L295.0 254.0L62.0 254.0Z\""))
    #expect(svg.contains(">50</text>") && svg.contains("self: 0.001 at 1.000, 0.100 at 100.000."))
    // A place that is 0, and places that are near each other, have a linear axis.
    for places in [[0, 10, 100], [20, 100]] as [[Double]] {
      let linear = try #require(chart(places).svg(id: "f")).markup
      #expect(linear.contains(">40</text>") && !linear.contains(">50</text>"), "\(places)")
    }
  }

  @Test func aChartWithoutPointsIsNone() {
    #expect(LineChart(title: "", xTitle: "", yTitle: "", series: []).svg(id: "f") == nil)
    #expect(IntervalChart(title: "", xTitle: "", legend: [], rows: []).svg(id: "f") == nil)
  }

  @Test func anIntervalChartReachesZero() throws {
    let mark = IntervalChart.Mark(style: .first, value: 0.3, interval: Interval(low: 0.2, high: 0.4))
    let chart = IntervalChart(
      title: "", xTitle: "gap", legend: [(.first, "gap")],
      rows: [IntervalChart.Row(label: "M1", marks: [mark], numbers: "+0.300")])
    let svg = try #require(chart.svg(id: "f")).markup
    // Plot: x from 132 (at 0) to 476 (at 0.4).
    #expect(svg.contains("<line class=\"zero\" x1=\"132.0\" x2=\"132.0\""))
    #expect(svg.contains("<line class=\"whisker s1\" x1=\"304.0\" x2=\"476.0\""))
    #expect(svg.contains(">+0.1</text>") && svg.contains(">0.0</text>"))
  }

  @Test(arguments: [0, 0.5, -3, 1e15, 1e99, 1e308, .infinity, .nan, 1e-300])
  func anyValueCanBeDrawn(_ value: Double) throws {
    for isLine in [true, false] {
      let series = Series(
        label: "a", style: .first, points: [ChartPoint(x: value, y: value), ChartPoint(x: 1, y: 1)],
        isLine: isLine)
      var chart = LineChart(title: "", xTitle: "", yTitle: "", series: [series], countsX: false)
      let svg = try #require(chart.svg(id: "f")).markup
      #expect(!svg.contains("nan") && !svg.contains("inf"))
      chart.series[0].points.removeLast()
      #expect(chart.svg(id: "f")?.markup.contains("nan") != true)
    }
  }

  @Test func namesTellSteps() {
    #expect(TrainingStep(name: "M120").map { [$0.series, "\($0.step)"] } == ["M", "120"])
    #expect(TrainingStep(name: "seed-1/60").map { [$0.series, "\($0.step)"] } == ["seed-1/", "60"])
    #expect(TrainingStep(name: "Mreg") == nil)
    #expect(TrainingStep(name: "M99999999999999999999") == nil)
  }
}
