import Streams

/// The error that `body` throws, nil where it throws none.
public func toolError(_ body: () throws -> Void) -> ToolError? {
  do {
    try body()
    return nil
  } catch {
    return error as? ToolError
  }
}
