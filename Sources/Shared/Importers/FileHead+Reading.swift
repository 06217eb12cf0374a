import Streams

extension FileHead {
  /// The beginning of a file: as much as `isEnough` asks for, such as one whole row, up to the longest row there
  /// may be.
  /// - Returns: the bytes, and whether the file goes on after them.
  static func read(
    _ window: ByteWindow, until isEnough: (ArraySlice<UInt8>) -> Bool
  ) throws -> (bytes: ArraySlice<UInt8>, isCut: Bool) {
    var count = size
    while true {
      let bytes = try window.peek(count)
      if bytes.count < count { return (bytes, false) }
      if count > ByteWindow.longestRow || isEnough(bytes) { return (bytes, true) }
      count *= 2
    }
  }

  /// Whether a delimited file's first row ends within these bytes, however its fields are separated.
  static func holdsRow(_ bytes: ArraySlice<UInt8>, separators: [UInt8]) -> Bool {
    separators.contains { separator in
      let window = ByteWindow(bytes: bytes)
      var reader = DelimitedReader(window, file: "", separator: separator)
      guard let row = try? reader.next() else { return false }
      return row.flaw == nil && window.count > 0
    }
  }

  /// Whether a JSON array's first element ends within these bytes.
  static func holdsElement(_ bytes: ArraySlice<UInt8>) -> Bool {
    var reader = JSONArrayReader(ByteWindow(bytes: bytes), file: "")
    return (try? reader.next()) != nil
  }
}
