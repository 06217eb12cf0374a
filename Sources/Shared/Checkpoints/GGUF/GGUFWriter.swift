import Streams

/// Writes a GGUF file (version 3) from front to back, as ggml's gguf.cpp lays it out: metadata, the list of tensors,
/// then their data, each padded to 32 bytes. Values come in pieces, so that no tensor need be in memory as a whole.
public final class GGUFWriter {
  /// A tensor to write: its values come later, in the order of the list.
  public struct Tensor: Sendable, Equatable {
    /// At most 63 bytes, and no other tensor's.
    public var name: String
    /// Row-major, as torch writes it; the last dimension a multiple of the type's block.
    public var shape: [Int]
    /// The type that values are converted to as they are written.
    public var type: StoredType

    /// Nothing is checked here.
    public init(name: String, shape: [Int], type: StoredType) {
      self.name = name
      self.shape = shape
      self.type = type
    }

    /// The number of values.
    var count: Int { shape.reduce(1, *) }
    /// The bytes that they take.
    public var byteCount: Int { count / type.ggmlType.blockElements * type.ggmlType.blockBytes }
  }

  /// llama.cpp's default, which needs no `general.alignment`.
  private static let alignment = 32

  private let file: OutputFile
  private let tensors: [Tensor]
  /// The tensor whose values are expected, and how many of them are there.
  private var current = 0
  private var valuesWritten = 0

  /// Writes the head to a file that was just opened. `finish()` leaves it open: the caller completes it.
  /// Throws `ToolError` (74) where writing fails.
  public init(_ file: OutputFile, entries: [GGUFEntry], tensors: [Tensor]) throws(ToolError) {
    self.file = file
    self.tensors = tensors
    try file.write(Self.head(entries, tensors))
  }

  /// Writes the next values, whole rows of one tensor, in its type. Throws `ToolError`: 74 where writing fails, 65
  /// where the type cannot hold a value.
  public func write(_ values: UnsafeBufferPointer<Float>) throws(ToolError) {
    let tensor = tensors[current]
    precondition(valuesWritten + values.count <= tensor.count, "more values than the tensor has")
    var bytes: [UInt8] = []
    bytes.reserveCapacity(values.count * 4 + Self.alignment)
    do throws(ToolError) {
      try tensor.type.append(values, to: &bytes)
    } catch {
      throw ToolError(error.status, "tensor \"\(tensor.name)\" \(error.message)")
    }
    valuesWritten += values.count
    if valuesWritten == tensor.count {
      bytes += repeatElement(0, count: Self.padding(tensor.byteCount))
      current += 1
      valuesWritten = 0
    }
    try file.write(bytes)
  }

  /// To be called after the last value.
  public func finish() {
    precondition(current == tensors.count, "tensors are missing")
  }

  private static func head(_ entries: [GGUFEntry], _ tensors: [Tensor]) -> [UInt8] {
    var head = Array("GGUF".utf8)
    head.append(little: UInt32(3))
    head.append(little: UInt64(tensors.count))
    head.append(little: UInt64(entries.count))
    for entry in entries {
      head.append(gguf: entry.key)
      head += entry.bytes
    }
    var offset = 0
    for tensor in tensors {
      head.append(gguf: tensor.name)
      head.append(little: UInt32(tensor.shape.count))
      // The file has the contiguous dimension first.
      for dimension in tensor.shape.reversed() { head.append(little: UInt64(dimension)) }
      head.append(little: tensor.type.ggmlType.rawValue)
      head.append(little: UInt64(offset))
      offset += tensor.byteCount + padding(tensor.byteCount)
    }
    return head + repeatElement(0, count: padding(head.count))
  }

  private static func padding(_ count: Int) -> Int { (alignment - count % alignment) % alignment }
}
