import Streams

/// How a pool is written.
public enum PoolFormat: String, CaseIterable, Sendable {
  /// Markdown tables.
  case md
  /// One JSON object with every number.
  case json

  /// The bytes of a pool, with a newline at the end.
  public func render(_ pool: Pool) throws(ToolError) -> [UInt8] {
    switch self {
    case .md: Array(pool.markdown.utf8)
    case .json: try pool.json.prettySerialized()
    }
  }
}
