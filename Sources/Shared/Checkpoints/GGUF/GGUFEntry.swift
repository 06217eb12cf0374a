/// A metadata entry of a GGUF file, to be written.
public struct GGUFEntry: Sendable, Equatable {
  /// The entry's name, such as `general.architecture`.
  public let key: String
  /// The number of the value's type and the value, as they stand in a file.
  let bytes: [UInt8]

  init(_ key: String, bytes: [UInt8]) {
    self.key = key
    self.bytes = bytes
  }

  /// An unsigned 32-bit integer.
  public init(_ key: String, integer: UInt32) {
    self.init(key, .uint32) { $0.append(little: integer) }
  }

  /// A 32-bit float.
  public init(_ key: String, real: Float) {
    self.init(key, .float32) { $0.append(little: real.bitPattern) }
  }

  /// A boolean, one byte.
  public init(_ key: String, bool: Bool) {
    self.init(key, .bool) { $0.append(bool ? 1 : 0) }
  }

  /// A string, in UTF-8.
  public init(_ key: String, string: String) {
    var bytes: [UInt8] = []
    bytes.append(little: GGUFValue.stringType)
    bytes.append(gguf: string)
    self.init(key, bytes: bytes)
  }

  /// An array of strings.
  public init(_ key: String, strings: [String]) {
    var bytes = Self.arrayHead(GGUFValue.stringType, strings.count)
    for string in strings { bytes.append(gguf: string) }
    self.init(key, bytes: bytes)
  }

  /// An array of signed 32-bit integers.
  public init(_ key: String, integers: [Int32]) {
    var bytes = Self.arrayHead(GGUFValue.ScalarType.int32.rawValue, integers.count)
    for integer in integers { bytes.append(little: integer) }
    self.init(key, bytes: bytes)
  }

  /// An array of 32-bit floats.
  public init(_ key: String, reals: [Float]) {
    var bytes = Self.arrayHead(GGUFValue.ScalarType.float32.rawValue, reals.count)
    for real in reals { bytes.append(little: real.bitPattern) }
    self.init(key, bytes: bytes)
  }

  private init(_ key: String, _ type: GGUFValue.ScalarType, _ append: (inout [UInt8]) -> Void) {
    var bytes: [UInt8] = []
    bytes.append(little: type.rawValue)
    append(&bytes)
    self.init(key, bytes: bytes)
  }

  private static func arrayHead(_ type: UInt32, _ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(little: GGUFValue.arrayType)
    bytes.append(little: type)
    bytes.append(little: UInt64(count))
    return bytes
  }
}

extension [UInt8] {
  mutating func append(little value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }

  /// A string as GGUF writes it: its length in bytes as u64, and the bytes.
  mutating func append(gguf string: String) {
    append(little: UInt64(string.utf8.count))
    append(contentsOf: string.utf8)
  }
}
