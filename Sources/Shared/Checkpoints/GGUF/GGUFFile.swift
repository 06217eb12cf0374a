import Streams

/// A GGUF model file, mapped and checked. Tensors are read as Float32, whatever their type, by ranges of rows, so
/// that callers can read one tensor from several threads.
public final class GGUFFile: Sendable {
  let file: MappedFile
  private let header: GGUFHeader
  private let indices: [String: Int]

  /// Maps and parses the file. Throws `ToolError`: 66 where it is missing, 65 where it is no sound GGUF file.
  public init(path: String) throws(ToolError) {
    let file = try MappedFile(path: path)
    do throws(ToolError) {
      header = try file.withBytes { bytes throws(ToolError) in try GGUFHeader(bytes) }
    } catch {
      throw error.located(at: SourcePosition(file: path))
    }
    indices = Dictionary(uniqueKeysWithValues: header.tensors.enumerated().map { ($1.name, $0) })
    self.file = file
  }

  /// The path as the user gave it.
  public var path: String { file.path }

  /// The metadata in the file's order, to be written to another file.
  public var entries: [GGUFEntry] {
    header.entries.map { entry in GGUFEntry(entry.key, bytes: file.withBytes(in: entry.range) { Array($0) }) }
  }

  /// Length of the file in bytes.
  public var byteCount: Int { file.count }

  /// The tensors in the file's order.
  public var tensors: [GGUFTensor] { header.tensors }

  /// The tensor of that name, nil where there is none.
  public func tensor(named name: String) -> GGUFTensor? {
    indices[name].map { header.tensors[$0] }
  }

  /// Calls `body` with the stored bytes of some rows of a tensor of this file, valid during the call only.
  public func withBytes<Result, Failure: Error>(
    of tensor: GGUFTensor, rows: Range<Int>, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try file.withBytes(in: range(of: tensor, rows: rows), body)
  }

  private func range(of tensor: GGUFTensor, rows: Range<Int>) -> Range<Int> {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= tensor.rows, "rows outside the tensor")
    let start = tensor.range.lowerBound + rows.lowerBound * tensor.rowBytes
    return start..<(start + rows.count * tensor.rowBytes)
  }

  /// Reads rows of a tensor of this file, dequantized: `rows.count × columns` values into the start of `output`.
  public func read(_ tensor: GGUFTensor, rows: Range<Int>, into output: UnsafeMutableBufferPointer<Float>) {
    withBytes(of: tensor, rows: rows) { dequantize(tensor.type, $0, into: output) }
    letGo(of: tensor, rows: rows)
  }

  /// As `MappedFile.letGo`.
  func letGo(of tensor: GGUFTensor, rows: Range<Int>) { file.letGo(of: range(of: tensor, rows: rows)) }

  func value(_ key: String) -> GGUFValue? { header.values[key] }

  func wrongType(_ key: String, expected: String) -> ToolError {
    .badData("key \"\(key)\" is not \(expected)", at: SourcePosition(file: path))
  }
}
