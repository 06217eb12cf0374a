/// What a line that is no record is likely to be, for its message.
enum RecordHint {
  /// Of a file whose first line does not parse; nil where it looks like a record that is broken.
  static func ofBrokenFirstLine(_ line: [UInt8]) -> String? {
    guard let first = line.first(where: { !isSpace($0) }), let last = line.last(where: { !isSpace($0) })
    else {
      return nil
    }
    // Text, a table, a comment.
    guard "{[".utf8.contains(first) else { return "one JSON object a line is wanted (JSON Lines)" }
    guard !"}]".utf8.contains(last) else { return nil }
    switch first {
    // A record has keys: a line that opens an object and no more is printed over several.
    case UInt8(ascii: "{") where line.count(where: { !isSpace($0) }) < 3 || last == UInt8(ascii: ","):
      return "one JSON object a line is wanted (jq -c . FILE)"
    case UInt8(ascii: "["): return ofArray
    default: return nil
    }
  }

  /// Of a list in which the records may be.
  static let ofArray = "one JSON object a line is wanted (jq -c '.[]' FILE)"

  private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0D].contains(byte) }
}
