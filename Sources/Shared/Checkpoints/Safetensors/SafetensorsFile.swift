import Streams

/// A safetensors file, mapped and checked (huggingface/safetensors README, "Format").
public final class SafetensorsFile: Sendable {
  let file: MappedFile
  private let header: SafetensorsHeader
  private let indices: [String: Int]

  /// Maps and parses the file. Throws `ToolError`: 66 where it is missing, 65 where it is no sound safetensors file.
  public init(path: String) throws(ToolError) {
    let file = try MappedFile(path: path)
    do throws(ToolError) {
      header = try file.withBytes { bytes throws(ToolError) in try SafetensorsHeader(bytes) }
    } catch {
      throw error.located(at: SourcePosition(file: path))
    }
    indices = Dictionary(uniqueKeysWithValues: header.tensors.enumerated().map { ($1.name, $0) })
    self.file = file
  }

  /// The path as the user gave it.
  public var path: String { file.path }

  /// The tensors in the order of their bytes.
  public var tensors: [SafetensorsTensor] { header.tensors }

  /// The strings of `__metadata__`.
  public var metadata: [String: String] { header.metadata }

  /// The tensor of that name, nil where there is none.
  public func tensor(named name: String) -> SafetensorsTensor? {
    indices[name].map { header.tensors[$0] }
  }

  /// Reads rows of a tensor of this file as Float32: `rows.count × shape.last` values into the start of `output`; a
  /// vector is one row. Throws `ToolError` (65) for element types other than F32, F16 and BF16.
  public func read(
    _ tensor: SafetensorsTensor, rows: Range<Int>, into output: UnsafeMutableBufferPointer<Float>
  ) throws(ToolError) {
    guard let type = tensor.type.ggmlType else {
      throw .badData(
        "tensor \"\(tensor.name)\" has the element type \(tensor.type.rawValue); F32, F16 and BF16 are supported",
        at: SourcePosition(file: path))
    }
    guard !tensor.range.isEmpty else { return }
    let rowBytes = (tensor.shape.last ?? 1) * type.blockBytes
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= tensor.range.count / rowBytes, "rows outside the tensor")
    let start = tensor.range.lowerBound + rows.lowerBound * rowBytes
    let range = start..<(start + rows.count * rowBytes)
    file.withBytes(in: range) { dequantize(type, $0, into: output) }
    file.letGo(of: range)
  }

  /// Reads one row of a tensor of this file, which must be as wide as `values`. Throws as above.
  func read(_ tensor: SafetensorsTensor, row: Int, into values: inout [Float]) throws(ToolError) {
    let result = values.withUnsafeMutableBufferPointer { output in
      Result { () throws(ToolError) in try read(tensor, rows: row..<(row + 1), into: output) }
    }
    try result.get()
  }
}
