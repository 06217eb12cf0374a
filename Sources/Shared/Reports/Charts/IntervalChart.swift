import Faithfulness

/// Estimates with their intervals, a row each, around zero.
package struct IntervalChart: Chart {
  /// One estimate of a row.
  package struct Mark: Sendable {
    var style: SeriesStyle
    var value: Double
    var interval: Interval?

    package init(style: SeriesStyle, value: Double, interval: Interval?) {
      self.style = style
      self.value = value
      self.interval = interval
    }
  }

  package struct Row: Sendable {
    var label: String
    var marks: [Mark]
    /// The numbers, right of the plot.
    var numbers: String

    package init(label: String, marks: [Mark], numbers: String) {
      self.label = label
      self.marks = marks
      self.numbers = numbers
    }
  }

  var title: String
  var xTitle: String
  /// What each style stands for, in the order of a row's marks.
  var legend: [(style: SeriesStyle, label: String)]
  var rows: [Row]

  package init(
    title: String, xTitle: String, legend: [(style: SeriesStyle, label: String)], rows: [Row]
  ) {
    self.title = title
    self.xTitle = xTitle
    self.legend = legend
    self.rows = rows
  }

  /// nil where no row has a mark.
  package func svg(id: String, place chartPlace: ChartPlace = .page) -> HTML? {
    let marks = rows.flatMap(\.marks)
    guard !marks.isEmpty else { return nil }
    let low = marks.reduce(0) { min($0, $1.value, $1.interval?.low ?? $1.value) }
    let high = marks.reduce(0) { max($0, $1.value, $1.interval?.high ?? $1.value) }
    let values = Ticks.widened(low...high, count: 5)
    let rowHeight = 34.0
    let legendHeight = 22.0
    let frame = ChartFrame(
      height: 58 + legendHeight + rowHeight * Double(rows.count), left: 132, right: 184,
      top: 12 + legendHeight,
      xAxis: Axis(title: xTitle, values: values, ticks: Ticks(in: values, count: 5), isSigned: true),
      yAxis: nil)
    let zero = place(frame.x.place(0))
    var content: HTML = """
      <line class="zero" x1="\(zero)" x2="\(zero)" y1="\(place(frame.top))" \
      y2="\(place(frame.plotBottom))"/>\(legend(frame))
      """
    for (index, row) in rows.enumerated() {
      let y = frame.top + rowHeight * (Double(index) + 0.5)
      content += draw(row, at: y, frame)
    }
    return frame.svg(id: id, place: chartPlace, title: title, description: description, content)
  }

  private var description: String {
    rows.map { "\($0.label): \($0.numbers)" }.joined(separator: "; ") + "."
  }

  private func draw(_ row: Row, at y: Double, _ frame: ChartFrame) -> HTML {
    var drawn: HTML = """
      <text class="label end" x="\(place(frame.left - 10))" y="\(place(y + 4))">\(shortened(row.label))</text>\
      <text class="tick" x="\(place(frame.plotRight + 10))" y="\(place(y + 4))">\(row.numbers)</text>
      """
    for (index, mark) in row.marks.enumerated() {
      let y = y + (Double(index) - Double(row.marks.count - 1) / 2) * 11
      if let interval = mark.interval {
        drawn += """
          <line class="whisker \(mark.style.name)" x1="\(place(frame.x.place(interval.low)))" \
          x2="\(place(frame.x.place(interval.high)))" y1="\(place(y))" y2="\(place(y))"/>
          """
      }
      drawn += mark.style.marker(frame.x.place(mark.value), y)
    }
    return drawn
  }

  private func legend(_ frame: ChartFrame) -> HTML {
    HTML(
      legend.enumerated().map { index, entry in
        let x = frame.left + Double(index) * 190
        let text: HTML = """
          <text class="label \(entry.style.name)" x="\(place(x + 12))" y="12">\
          \(entry.label)</text>
          """
        return entry.style.marker(x, 8) + text
      })
  }
}

/// A label that fits beside the plot; the tables have it whole.
func shortened(_ label: String) -> String {
  label.count <= 18 ? label : label.prefix(17) + "…"
}
