import Streams

/// A language model in a GGUF file, seen with Hugging Face tensor names and row order.
public final class GGUFCheckpoint: TensorSource {
  /// The file underneath, with GGUF's names and row order.
  public let file: GGUFFile
  /// From the file's metadata, and from `rope_freqs.weight` where there is one.
  public let configuration: ModelConfiguration
  private let layouts: [String: TensorLayout]

  /// Opens the file and checks that it holds every tensor of its architecture in the right shape.
  /// Throws `ToolError`: 66 where it is missing, 65 where it is broken or of an unknown architecture.
  public init(path: String) throws(ToolError) {
    let file = try GGUFFile(path: path)
    do throws(ToolError) {
      guard let name = try file.string("general.architecture") else {
        throw .badData("has no metadata key \"general.architecture\"")
      }
      if let parts = try file.integer("split.count"), parts > 1 {
        let part = try file.integer("split.no") ?? 0
        throw .badData(
          "is part \(part + 1) of \(parts) of a model (split.count); make one file of them: gguf-split --merge FIRST OUT"
        )
      }
      let layout = try ModelArchitecture(ggufName: name).layout
      configuration = try layout.configuration(of: file)
      try checkTensors(
        of: configuration, storedNames: file.tensors.map(\.name), shape: { file.tensor(named: $0)?.shape },
        fileName: \.ggufName)
      let tensors = layout.tensors(of: configuration)
      layouts = Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, $0) })
    } catch {
      throw error.located(at: SourcePosition(file: path))
    }
    self.file = file
  }

  /// The file as the user gave it.
  public var path: String { file.path }

  /// By Hugging Face name; nil where the architecture has no such tensor.
  public func shape(of name: String) -> [Int]? { layouts[name]?.shape }

  /// Rows in torch's order: the heads of llama's queries and keys, which GGUF interleaves, are put back, and
  /// Gemma's 1 is taken off its norms. Throws `ToolError` (65) where there is no such tensor.
  public func read(
    _ name: String, rows: Range<Int>, into output: UnsafeMutableBufferPointer<Float>
  ) throws(ToolError) {
    guard let layout = layouts[name], let tensor = file.tensor(named: layout.ggufName) else {
      throw missing(name)
    }
    guard layout.interleavedHeads != nil else {
      file.read(tensor, rows: rows, into: output)
      if layout.ggufOffset != 0 {
        for index in 0..<rows.count * tensor.columns { output[index] -= layout.ggufOffset }
      }
      return
    }
    precondition(output.count >= rows.count * tensor.columns, "the output is too short")
    for (index, row) in rows.enumerated() {
      let stored = layout.ggufPlace(ofRow: row)
      let start = index * tensor.columns
      let target = UnsafeMutableBufferPointer(rebasing: output[start..<(start + tensor.columns)])
      file.read(tensor, rows: stored..<(stored + 1), into: target)
    }
    file.letGo(of: tensor, rows: rows)
  }
}
