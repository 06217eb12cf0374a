import Streams

/// Typed access to the metadata. Each returns nil where the key is missing and throws `ToolError` (65) where its
/// value is of another type.
extension GGUFFile {
  /// An integer, stored in any width, signed or not, that is not negative.
  public func integer(_ key: String) throws(ToolError) -> Int? {
    switch value(key) {
    case nil: return nil
    case .unsigned(let value)? where value <= UInt64(Int.max): return Int(value)
    case .signed(let value)? where value >= 0: return Int(value)
    default: throw wrongType(key, expected: "a non-negative integer")
    }
  }

  /// A real number, stored as f32 or f64, or an integer.
  public func real(_ key: String) throws(ToolError) -> Double? {
    switch value(key) {
    case nil: return nil
    case .real(let value)?: return value
    case .unsigned(let value)?: return Double(value)
    case .signed(let value)?: return Double(value)
    default: throw wrongType(key, expected: "a number")
    }
  }

  /// A boolean; integers are not taken for one.
  public func bool(_ key: String) throws(ToolError) -> Bool? {
    switch value(key) {
    case nil: return nil
    case .bool(let value)?: return value
    default: throw wrongType(key, expected: "a boolean")
    }
  }

  /// A string; bytes that are not UTF-8 are an error.
  public func string(_ key: String) throws(ToolError) -> String? {
    switch value(key) {
    case nil: return nil
    case .string(let range)?:
      guard let string = file.withBytes(in: range, { String(validating: $0, as: UTF8.self) }) else {
        throw wrongType(key, expected: "a UTF-8 string")
      }
      return string
    default: throw wrongType(key, expected: "a string")
    }
  }

  /// The number of elements of an array of strings.
  public func stringCount(_ key: String) throws(ToolError) -> Int? {
    switch value(key) {
    case nil: return nil
    case .strings(let count, _)?: return count
    default: throw wrongType(key, expected: "an array of strings")
    }
  }

  /// Calls `body` with each string of an array in turn, as the bytes in the file, valid during the call only.
  /// Nothing is copied: vocabularies have 10⁵ entries. A missing key is an array without elements.
  public func forEachString<Failure: Error>(
    _ key: String, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    guard case .strings(let count, let range)? = value(key) else { return }
    try file.withBytes(in: range) { bytes throws(Failure) in
      var offset = 0
      for _ in 0..<count {
        // The lengths were checked when the file was opened.
        let length = Int(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
        offset += 8
        try body(UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + length)]))
        offset += length
      }
    }
  }

  /// An array of integers that fit into `Int`, stored in any width.
  public func integers(_ key: String) throws(ToolError) -> [Int]? {
    switch value(key) {
    case nil: return nil
    case .scalars(let type, let count, let range)?:
      return try file.withBytes(in: range) { bytes throws(ToolError) in
        var cursor = ByteCursor(bytes)
        var result: [Int] = []
        result.reserveCapacity(count)
        for _ in 0..<count {
          switch try GGUFValue.read(type, key: key, from: &cursor) {
          case .unsigned(let value) where value <= UInt64(Int.max): result.append(Int(value))
          case .signed(let value): result.append(Int(value))
          default: throw wrongType(key, expected: "an array of integers")
          }
        }
        return result
      }
    default: throw wrongType(key, expected: "an array of integers")
    }
  }

  /// An array of real numbers, stored as f32 or f64.
  public func reals(_ key: String) throws(ToolError) -> [Float]? {
    switch value(key) {
    case nil: return nil
    case .scalars(let type, let count, let range)?:
      return try file.withBytes(in: range) { bytes throws(ToolError) in
        var cursor = ByteCursor(bytes)
        var result: [Float] = []
        result.reserveCapacity(count)
        for _ in 0..<count {
          guard case .real(let value) = try GGUFValue.read(type, key: key, from: &cursor) else {
            throw wrongType(key, expected: "an array of real numbers")
          }
          result.append(Float(value))
        }
        return result
      }
    default: throw wrongType(key, expected: "an array of real numbers")
    }
  }
}
