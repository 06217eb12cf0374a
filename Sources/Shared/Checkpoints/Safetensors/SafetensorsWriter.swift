import Streams

/// Writes a safetensors file tensor by tensor, so that a model needs no second copy in memory. The layout is the
/// reference's (`prepare` in safetensors/src/tensor.rs): tensors sorted by type, the widest first, then by name; the
/// header padded with spaces to a multiple of eight bytes; metadata `{"format": "pt"}`.
public final class SafetensorsWriter {
  /// A tensor to write: its values come later, in the order of `tensors`.
  public struct Tensor: Sendable, Equatable {
    /// The key in the file's header; no other tensor's.
    public var name: String
    /// Row-major; empty for a scalar.
    public var shape: [Int]
    /// F32, F16 or BF16.
    public var type: SafetensorsType

    /// Nothing is checked here.
    public init(name: String, shape: [Int], type: SafetensorsType = .f32) {
      self.name = name
      self.shape = shape
      self.type = type
    }

    /// The number of values.
    public var count: Int { shape.reduce(1, *) }
  }

  /// The tensors in the order in which their values must be written.
  public let tensors: [Tensor]
  private let file: OutputFile
  /// The tensor whose values are expected, and how many of them are there.
  private var current = 0
  private var valuesWritten = 0

  /// Starts `PATH.partial` with the header. The names must differ.
  /// Throws `ToolError`: 73 where the file cannot be created, 74 where writing fails.
  public init(path: String, tensors: [Tensor]) throws(ToolError) {
    let places = Dictionary(uniqueKeysWithValues: SafetensorsType.allCases.enumerated().map { ($1, -$0) })
    self.tensors = tensors.sorted { (places[$0.type] ?? 0, $0.name) < (places[$1.type] ?? 0, $1.name) }
    file = try OutputFile(path: path, mode: .overwrite)
    try file.write(try Self.header(self.tensors))
  }

  /// Writes the next values, all of a tensor or a piece of them, converted to its type. Throws `ToolError`: 74 where
  /// writing fails, 65 where the type cannot hold a value.
  public func write(_ values: UnsafeBufferPointer<Float>) throws(ToolError) {
    let tensor = tensors[current]
    guard let type = StoredType.allCases.first(where: { $0.safetensorsType == tensor.type }) else {
      preconditionFailure("no type of floats")
    }
    precondition(valuesWritten + values.count <= tensor.count, "more values than the tensor has")
    let chunk = 1 << 16
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: values.count, by: chunk) {
      bytes.removeAll(keepingCapacity: true)
      do throws(ToolError) {
        try type.append(
          UnsafeBufferPointer(rebasing: values[start..<min(start + chunk, values.count)]), to: &bytes)
      } catch {
        throw ToolError(error.status, "tensor \"\(tensor.name)\" \(error.message)")
      }
      try file.write(bytes)
    }
    valuesWritten += values.count
    if valuesWritten == tensor.count {
      current += 1
      valuesWritten = 0
    }
  }

  /// Writes the values of the next tensor.
  public func write(_ values: [Float]) throws(ToolError) {
    try values.withBuffer { values throws(ToolError) in try write(values) }
  }

  /// Completes the file: synchronized and renamed, after the last tensor.
  public func finish() throws(ToolError) {
    precondition(current == tensors.count, "tensors are missing")
    try file.finish()
  }

  private static func header(_ tensors: [Tensor]) throws(ToolError) -> [UInt8] {
    var text = Array(#"{"__metadata__":{"format":"pt"}"#.utf8)
    var offset = 0
    for tensor in tensors {
      let end = offset + tensor.count * tensor.type.bits / 8
      let description: JSON = [
        "dtype": .string(tensor.type.rawValue), "shape": .array(tensor.shape.map(JSON.integer)),
        "data_offsets": [.integer(offset), .integer(end)],
      ]
      text.append(UInt8(ascii: ","))
      try JSON.string(tensor.name).append(to: &text)
      text.append(UInt8(ascii: ":"))
      try description.append(to: &text)
      offset = end
    }
    text.append(UInt8(ascii: "}"))
    while text.count % 8 != 0 { text.append(UInt8(ascii: " ")) }
    return withUnsafeBytes(of: UInt64(text.count).littleEndian) { Array($0) } + text
  }
}
