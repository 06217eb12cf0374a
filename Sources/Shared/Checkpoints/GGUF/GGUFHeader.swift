import Streams

/// The parsed head of a GGUF file, versions 2 and 3: metadata and the list of tensors (ggml docs/gguf.md). Every
/// size, count and offset is checked before use, as in ggml's gguf.cpp.
struct GGUFHeader: Sendable {
  var values: [String: GGUFValue] = [:]
  /// The entries in the file's order, and where each one's type and value lie.
  var entries: [(key: String, range: Range<Int>)] = []
  var tensors: [GGUFTensor] = []

  /// ggml's GGML_MAX_DIMS.
  private static let maximumDimensions = 4
  /// Bytes of the shortest metadata entry: a key's length, one byte of key, its type, one byte of value.
  private static let minimumEntryBytes = 8 + 1 + 4 + 1
  /// Bytes of the shortest tensor entry: the name's length, dimension count, type, offset.
  private static let minimumTensorBytes = 8 + 4 + 4 + 8
  private static let maximumKeyBytes = 65_535
  private static let maximumTensorNameBytes = 63

  /// Parses the whole file's bytes. Throws `ToolError` (65).
  init(_ bytes: UnsafeRawBufferPointer) throws(ToolError) {
    var cursor = ByteCursor(bytes)
    if !bytes.starts(with: "GGUF".utf8), let kind = ForeignFile.kind(of: bytes.prefix(64)) {
      throw .badData("is not a GGUF file but \(kind)")
    }
    try Self.checkMagicAndVersion(&cursor)
    let tensorCount = try cursor.readCount(
      atMost: bytes.count / Self.minimumTensorBytes, "the number of tensors")
    let entryCount = try cursor.readCount(
      atMost: bytes.count / Self.minimumEntryBytes, "the number of metadata entries")
    for _ in 0..<entryCount { try readEntry(&cursor) }
    try readTensors(tensorCount, alignment: try alignment(), &cursor)
  }

  private static func checkMagicAndVersion(_ cursor: inout ByteCursor) throws(ToolError) {
    let magic: UInt32 = 0x4655_4747  // "GGUF", little-endian
    guard cursor.remaining >= 4, try cursor.read(UInt32.self, "the magic bytes") == magic else {
      throw .badData("is not a GGUF file: it does not start with \"GGUF\"")
    }
    let version = try cursor.read(UInt32.self, "the version")
    guard version & 0xFFFF != 0 || version == 0 else {
      throw .badData("is a big-endian GGUF file, which is not supported")
    }
    guard version == 2 || version == 3 else {
      throw .badData("has GGUF version \(version); versions 2 and 3 are supported")
    }
  }

  private mutating func readEntry(_ cursor: inout ByteCursor) throws(ToolError) {
    let key = try Self.readName("a metadata key", atMost: Self.maximumKeyBytes, &cursor)
    guard !key.isEmpty else { throw .badData("has a metadata key that is empty") }
    guard values[key] == nil else { throw .badData("has the metadata key \"\(key)\" twice") }
    let start = cursor.offset
    let type = try cursor.read(UInt32.self, "the type of \"\(key)\"")
    values[key] = try GGUFValue.read(type: type, key: key, from: &cursor)
    entries.append((key, start..<cursor.offset))
  }

  private static func readName(
    _ what: String, atMost limit: Int, _ cursor: inout ByteCursor
  ) throws(ToolError) -> String {
    let range = try cursor.skipString(what)
    guard range.count <= limit else {
      throw .badData("\(what) is \(range.count) bytes long; at most \(limit) are allowed")
    }
    guard let name = String(validating: cursor.bytes[range], as: UTF8.self) else {
      throw .badData("\(what) is not UTF-8")
    }
    return name
  }

  private func alignment() throws(ToolError) -> Int {
    guard let value = values["general.alignment"] else { return 32 }
    guard case .unsigned(let alignment) = value, alignment > 0, alignment & (alignment - 1) == 0,
      alignment <= 1 << 30
    else { throw .badData("key \"general.alignment\" is not a power of two") }
    return Int(alignment)
  }

  private mutating func readTensors(
    _ count: Int, alignment: Int, _ cursor: inout ByteCursor
  ) throws(ToolError) {
    var names = Set<String>(minimumCapacity: count)
    var entries: [(tensor: GGUFTensor, offset: UInt64)] = []
    entries.reserveCapacity(count)
    for _ in 0..<count {
      let entry = try Self.readTensor(&cursor)
      guard names.insert(entry.tensor.name).inserted else {
        throw .badData("has the tensor \"\(entry.tensor.name)\" twice")
      }
      entries.append(entry)
    }
    // Offsets count from the next multiple of the alignment. Like gguf.cpp, hold each to the running sum of the
    // padded sizes before it: then tensors neither overlap nor leave holes.
    let dataStart = Self.padded(cursor.offset, to: alignment)
    var expected = 0
    for (tensor, offset) in entries {
      guard offset == UInt64(expected) else {
        throw .badData("tensor \"\(tensor.name)\" lies at offset \(offset), expected \(expected)")
      }
      let size = tensor.range.count
      let (start, startOverflows) = dataStart.addingReportingOverflow(expected)
      let (end, endOverflows) = start.addingReportingOverflow(size)
      guard !startOverflows, !endOverflows, end <= cursor.bytes.count else {
        throw .badData(
          "tensor \"\(tensor.name)\" (\(size) bytes at offset \(offset)) reaches past the end of the file")
      }
      tensors.append(
        GGUFTensor(name: tensor.name, shape: tensor.shape, type: tensor.type, range: start..<end))
      expected = Self.padded(expected + size, to: alignment)
    }
  }

  /// Reads one tensor entry; its `range` has the right length, but starts at 0.
  private static func readTensor(
    _ cursor: inout ByteCursor
  ) throws(ToolError) -> (tensor: GGUFTensor, offset: UInt64) {
    let name = try readName("a tensor's name", atMost: maximumTensorNameBytes, &cursor)
    let what = "the entry of tensor \"\(name)\""
    let dimensionCount = try cursor.read(UInt32.self, what)
    guard dimensionCount <= maximumDimensions else {
      throw .badData(
        "tensor \"\(name)\" has \(dimensionCount) dimensions; at most \(maximumDimensions) are allowed")
    }
    var shape: [Int] = []
    for _ in 0..<dimensionCount {
      let dimension = try cursor.read(UInt64.self, what)
      guard dimension > 0, dimension <= UInt64(Int.max) else {
        throw .badData("tensor \"\(name)\" has a dimension of \(dimension)")
      }
      shape.insert(Int(dimension), at: 0)
    }
    let type = try GGMLType(number: try cursor.read(UInt32.self, what), tensor: name)
    let size = try byteCount(of: name, shape: shape, type: type)
    let tensor = GGUFTensor(name: name, shape: shape, type: type, range: 0..<size)
    return (tensor, try cursor.read(UInt64.self, what))
  }

  private static func byteCount(of name: String, shape: [Int], type: GGMLType) throws(ToolError) -> Int {
    let columns = shape.last ?? 1
    guard columns % type.blockElements == 0 else {
      throw .badData(
        "tensor \"\(name)\" has rows of \(columns) elements, no multiple of \(type.name)'s block of "
          + "\(type.blockElements)")
    }
    var size = columns / type.blockElements
    for factor in shape.dropLast() + [type.blockBytes] {
      let (product, overflow) = size.multipliedReportingOverflow(by: factor)
      guard !overflow else { throw .badData("tensor \"\(name)\" has a size beyond 64 bits: \(shape)") }
      size = product
    }
    // Elements must be countable too, and padding must not overflow; no file is that long anyway.
    guard size < 1 << 56, shape.reduce(1.0, { $0 * Double($1) }) < 0x1p60 else {
      throw .badData("tensor \"\(name)\" has an absurd size: \(shape)")
    }
    return size
  }

  private static func padded(_ offset: Int, to alignment: Int) -> Int {
    (offset + alignment - 1) & ~(alignment - 1)
  }
}
