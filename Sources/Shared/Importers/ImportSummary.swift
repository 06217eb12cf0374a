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

  /// Rows handed on.
  public var items: Int { rows - rejected - skipped.values.reduce(0, +) }
}
