import Faithfulness
import Streams

/// What is written: the tables in some form, or the page.
enum OutputFormat {
  case tables(ReportFormat)
  case html

  static let htmlName = "html"

  var name: String {
    switch self {
    case .tables(let format): format.rawValue
    case .html: Self.htmlName
    }
  }
}

extension ScoringOptions {
  /// Throws `ToolError` (64) for a format that is not known, or not there of a comparison.
  func outputFormat() throws(ToolError) -> OutputFormat {
    let formats = agreement == nil ? ReportFormat.allCases : [.md, .json]
    let names = formats.map(\.rawValue) + (agreement == nil ? [OutputFormat.htmlName] : [])
    let name = format ?? (agreement == nil ? ReportFormat.md : .json).rawValue
    guard names.contains(name) else {
      throw ToolError(
        .usage, "--format is \"\(name)\", expected one of \(names.joined(separator: ", "))")
    }
    return ReportFormat(rawValue: name).map { .tables($0) } ?? .html
  }
}
