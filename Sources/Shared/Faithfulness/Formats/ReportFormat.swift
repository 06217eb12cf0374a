import Streams

/// How a report is written.
public enum ReportFormat: String, CaseIterable, Sendable {
  /// Markdown tables, readable in a terminal too.
  case md
  /// One JSON object with every number.
  case json
  /// A header and one row a (self, orig, group).
  case csv

  /// The bytes of a report, with a newline at the end.
  public func render(_ report: ScoreReport) throws(ToolError) -> [UInt8] {
    switch self {
    case .md: return Array(report.markdown.utf8)
    case .json: return try report.json.prettySerialized()
    case .csv: return Array(try report.csv.utf8)
    }
  }
}
