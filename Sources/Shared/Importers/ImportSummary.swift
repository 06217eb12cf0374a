import Streams

/// What was read, for the manifest and for messages.
public struct ImportSummary: Equatable, Sendable {
  /// Nothing read yet.
  public init() {}

  /// Every row met: items + rejected + skipped.
  public internal(set) var rows = 0
  /// Rows that could not be read.
  public internal(set) var rejected = 0
  /// Sound rows that are not for the task, by reason.
  public internal(set) var skipped: [String: Int] = [:]
  /// The files that were opened, with their digests.
  public internal(set) var inputs: [InputSummary] = []
  /// Files of directories that no format of the task fits: position and reason of each.
  public internal(set) var passedOver: [ToolError] = []

  /// A line for each reason why files were passed over, and one for the reasons beyond the first few.
  public var passedOverLines: [String] {
    var groups: [(first: ToolError, count: Int)] = []
    for error in passedOver {
      if let index = groups.firstIndex(where: { $0.first.message == error.message }) {
        groups[index].count += 1
      } else {
        groups.append((error, 1))
      }
    }
    let shown = groups.prefix(Self.shownReasons)
    let rest = groups.dropFirst(Self.shownReasons).reduce(0) { $0 + $1.count }
    let lines = shown.map { first, count in
      "\(first) (passed over\(count > 1 ? ", as are \(count - 1) more files for the same reason" : ""))"
    }
    return lines + (rest > 0 ? ["\(rest) more files were passed over for other reasons"] : [])
  }

  private static let shownReasons = 5

  /// Rows handed on.
  public var items: Int { rows - rejected - skipped.values.reduce(0, +) }
}
