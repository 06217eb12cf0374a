import Streams

/// What a safetensors file says of one tensor.
public struct SafetensorsTensor: Sendable, Equatable {
  /// The key in the file's header; unique.
  public let name: String
  /// How values are stored.
  public let type: SafetensorsType
  /// Row-major; may be empty (a scalar) or hold zeros.
  public let shape: [Int]
  /// Where the tensor's bytes lie in the file.
  public let range: Range<Int>
}

/// The parsed head of a safetensors file. The checks are those of the reference's `read_metadata` and `validate`
/// (safetensors/src/tensor.rs), which its attacks/README.md explains.
struct SafetensorsHeader: Sendable {
  private(set) var tensors: [SafetensorsTensor] = []
  private(set) var metadata: [String: String] = [:]

  /// The reference's limit on the JSON text: parsing more would take gigabytes.
  static let maximumHeaderBytes = 100_000_000

  /// Parses the whole file's bytes. Throws `ToolError` (65).
  init(_ bytes: UnsafeRawBufferPointer) throws(ToolError) {
    guard bytes.count >= 8 else {
      throw .badData("is not a safetensors file: it has only \(bytes.count) bytes")
    }
    let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    guard length <= Self.maximumHeaderBytes else {
      if let kind = ForeignFile.kind(of: bytes.prefix(64)) {
        throw .badData("is not a safetensors file but \(kind)")
      }
      throw .badData("is not a safetensors file, or its header of \(length) bytes is too long")
    }
    guard Int(length) <= bytes.count - 8 else {
      throw .badData("has a header of \(length) bytes, but only \(bytes.count - 8) follow")
    }
    let text = UnsafeRawBufferPointer(rebasing: bytes[8..<(8 + Int(length))])
    guard text.first == UInt8(ascii: "{") else { throw .badData("has a header that is no JSON object") }
    guard let header = try parse(text).object else { throw .badData("has a header that is no JSON object") }
    for member in header.members {
      if member.key == "__metadata__" {
        metadata = try Self.metadata(member.value)
      } else {
        tensors.append(try Self.tensor(member.key, member.value, dataStart: 8 + text.count, bytes.count))
      }
    }
    tensors.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    try checkLayout(dataStart: 8 + text.count, fileEnd: bytes.count)
  }

  private func parse(_ text: UnsafeRawBufferPointer) throws(ToolError) -> JSON {
    do throws(ToolError) {
      return try JSON.parse(text)
    } catch {
      throw .badData("has a broken header: \(error.message)")
    }
  }

  private static func metadata(_ json: JSON) throws(ToolError) -> [String: String] {
    guard let object = json.object else { throw .badData("has \"__metadata__\" that is no object") }
    var result: [String: String] = [:]
    for member in object.members {
      guard let value = member.value.string else {
        throw .badData("has \"__metadata__\" with a value that is no string, at \"\(member.key)\"")
      }
      result[member.key] = value
    }
    return result
  }

  private static func tensor(
    _ name: String, _ json: JSON, dataStart: Int, _ fileEnd: Int
  ) throws(ToolError) -> SafetensorsTensor {
    guard let object = json.object else { throw .badData("tensor \"\(name)\" is described by no object") }
    do throws(ToolError) {
      let typeName = try object.string("dtype")
      guard let type = SafetensorsType(rawValue: typeName) else {
        throw .badData("unknown dtype \"\(typeName)\"")
      }
      let shape = try integers(object, "shape")
      let offsets = try integers(object, "data_offsets")
      guard offsets.count == 2, offsets[0] <= offsets[1], offsets[1] <= fileEnd - dataStart else {
        throw .badData(
          "data_offsets \(offsets) do not lie within the file's \(fileEnd - dataStart) bytes of data")
      }
      guard let size = byteCount(shape, type), size == offsets[1] - offsets[0] else {
        throw .badData(
          "shape \(shape) of \(typeName) does not take the \(offsets[1] - offsets[0]) bytes it has")
      }
      let range = (dataStart + offsets[0])..<(dataStart + offsets[1])
      return SafetensorsTensor(name: name, type: type, shape: shape, range: range)
    } catch {
      throw .badData("tensor \"\(name)\": \(error.message)")
    }
  }

  private static func integers(_ object: JSONObject, _ key: String) throws(ToolError) -> [Int] {
    var result: [Int] = []
    for element in try object.array(key) {
      guard let value = element.integer, value >= 0 else {
        throw .badData("key \"\(key)\" holds something else than non-negative integers")
      }
      result.append(value)
    }
    return result
  }

  /// nil where the size overflows or is no whole number of bytes.
  private static func byteCount(_ shape: [Int], _ type: SafetensorsType) -> Int? {
    var bits = type.bits
    for dimension in shape {
      let (product, overflow) = bits.multipliedReportingOverflow(by: dimension)
      guard !overflow else { return nil }
      bits = product
    }
    return bits % 8 == 0 ? bits / 8 : nil
  }

  /// Tensors must follow each other without hole or overlap and end with the file: bytes that belong to no tensor
  /// could hide another file, and overlapping tensors could claim a thousand times the file's size.
  private func checkLayout(dataStart: Int, fileEnd: Int) throws(ToolError) {
    var end = dataStart
    for tensor in tensors {
      guard tensor.range.lowerBound == end else {
        let fault = tensor.range.lowerBound < end ? "overlaps the one before" : "leaves a hole before it"
        throw .badData("tensor \"\(tensor.name)\" \(fault)")
      }
      end = tensor.range.upperBound
    }
    guard end == fileEnd else {
      throw .badData("has \(fileEnd - end) bytes after its last tensor")
    }
  }
}
