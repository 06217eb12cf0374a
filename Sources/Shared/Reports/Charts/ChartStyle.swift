/// The style of a chart in a file of its own: report.css's, in plain colours instead of variables, for
/// programs that know neither those nor dark mode; browsers use the reader's setting.
package enum ChartStyle {
  /// What a chart draws with.
  package struct Palette: Sendable {
    package let paper: String
    package let ink: String
    let soft: String
    let rule: String
    /// By `SeriesStyle`.
    package let series: [String]
  }

  package static let light = Palette(
    paper: "#fff", ink: "#1b1b1b", soft: "#5a5a5a", rule: "#d4d4d4",
    series: ["#0072b2", "#c44f00", "#007a58", "#a8508a", "#8a6d00", "#3d3d3d"])
  package static let dark = Palette(
    paper: "#16181b", ink: "#e6e6e3", soft: "#a9adb3", rule: "#3a3f45",
    series: ["#56b4e9", "#f08a3c", "#35c79a", "#e09ac4", "#e6cf4a", "#d0d0d0"])

  /// By `SeriesStyle`, as in report.css; the first is solid.
  private static let dashes = ["", "7 4", "2 3", "10 3 2 3", "12 4", "4 2"]

  /// The style sheet.
  static let sheet: HTML = """
    text { font-family: system-ui, "Liberation Sans", sans-serif; font-size: 13.5px; }
    .axis { font-size: 14px; }
    .middle { text-anchor: middle; }
    .end { text-anchor: end; }
    .grid { stroke-width: 1; }
    .zero { stroke-width: 1.5; }
    .line, .whisker { fill: none; stroke-width: 2; }
    .line.thin { stroke-width: 1; }
    .band { opacity: .16; }
    \(HTML(dashRules))\(HTML(rules(light)))@media (prefers-color-scheme: dark) {
    \(HTML(rules(dark)))}

    """

  private static var dashRules: [HTML] {
    zip(SeriesStyle.allCases, dashes).filter { !$0.1.isEmpty }.map { style, dash in
      ".line.\(style.name), .whisker.\(style.name) { stroke-dasharray: \(dash); }\n"
    }
  }

  private static func rules(_ palette: Palette) -> [HTML] {
    let frame: HTML = """
      .paper { fill: \(palette.paper); }
      text { fill: \(palette.ink); }
      .tick { fill: \(palette.soft); }
      .grid { stroke: \(palette.rule); }
      .zero { stroke: \(palette.ink); }

      """
    return [frame]
      + zip(SeriesStyle.allCases, palette.series).map { style, colour in
        """
        .line.\(style.name), .whisker.\(style.name) { stroke: \(colour); }
        .point.\(style.name), .band.\(style.name), .label.\(style.name) { fill: \(colour); }

        """
      }
  }
}
