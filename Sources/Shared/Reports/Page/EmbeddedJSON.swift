import Streams

extension JSON {
  /// The text of this value as it can stand in a `<script type="application/json">` element: no `<` is left that
  /// could end the element or open a comment in it. It reads back as the same value.
  package func embeddable() throws(ToolError) -> [UInt8] {
    let bytes = try serialized()
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    // `<` can only stand in a string, where an escape means the same.
    for byte in bytes {
      if byte == UInt8(ascii: "<") { result.append(contentsOf: "\\u003C".utf8) } else { result.append(byte) }
    }
    return result
  }
}
