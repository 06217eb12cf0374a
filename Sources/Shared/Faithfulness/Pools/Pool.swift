import Streams

/// What the same experiment found with several M0s, each of which counts once.
public struct Pool: Sendable {
  /// What it is called in Markdown.
  public let title: String
  /// One an M0.
  public let reports: [PooledReport]
  /// Means over all of them.
  public let lines: [PoolLine]
  /// Those without a collapsed checkpoint.
  public let healthy: [PooledReport]
  /// Means over these; empty where there are none.
  public let healthyLines: [PoolLine]

  /// - Parameter reports: at least one.
  /// - Throws: `ToolError`: 64 where two have one label, 65 where they are of several splits.
  public init(title: String, _ reports: [PooledReport]) throws(ToolError) {
    for (index, report) in reports.enumerated() {
      if reports[..<index].contains(where: { $0.label == report.label }) {
        throw ToolError(.usage, "two reports are called \"\(report.label)\"; give each a --label")
      }
      guard report.split == reports[0].split else {
        throw .badData(
          "\(report.label) is of split \(report.split), \(reports[0].label) of \(reports[0].split)")
      }
    }
    self.title = title
    self.reports = reports
    lines = PoolLine.lines(reports)
    healthy = reports.filter(\.collapsed.isEmpty)
    healthyLines = PoolLine.lines(healthy)
  }

  /// Whether some reports are left out of the second table of means.
  public var hasCollapsed: Bool { healthy.count < reports.count }

  /// What some reports lack that others have: a mean over those that have it is no mean over all.
  public var warnings: [String] {
    let arms = reports.flatMap { $0.arms.map(\.key) }.distinct
    let claims = reports.flatMap { $0.claims.map(\.key) }.distinct
    return reports.flatMap { report in
      arms.filter { key in !report.arms.contains { $0.key == key } }
        .map { "\(report.label) has no arm \($0.label) scored against \($0.orig)" }
        + claims.filter { key in !report.claims.contains { $0.key == key } }
        .map { "\(report.label) has no claim \($0.finding): \($0.text)" }
    }
  }
}
