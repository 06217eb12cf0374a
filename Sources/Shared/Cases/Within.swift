import Streams

/// Runs a step of reading and puts the key that was being read before the message of its error.
func within<Value>(_ key: String, _ read: () throws(ToolError) -> Value) throws(ToolError) -> Value {
  do {
    return try read()
  } catch {
    throw ToolError(error.status, "\(key): \(error.message)", at: error.position)
  }
}
