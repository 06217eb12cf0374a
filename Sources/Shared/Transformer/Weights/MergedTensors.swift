import Checkpoints
import Streams
import Synchronization
import Tensors

/// A checkpoint's weights with LoRA adapters merged in, W + Σ s·B·A in 32-bit floats, computed for the rows that are
/// read: the adapters that were asked for are in memory, the merged model never is.
public final class MergedTensors: TensorSource {
  private let base: any TensorSource
  /// The adapters that change a matrix, by its name, in their order.
  private let changes: [String: [PEFTAdapter]]
  /// The adapters that bring a tensor whole, by its name.
  private let replacements: [String: PEFTAdapter]
  /// What was asked for so far.
  private let updates = Mutex<[String: [Update]]>([:])

  private struct Update: Sendable {
    /// [rank, in]
    var a: FloatStorage
    /// [out, rank]
    var b: FloatStorage
    var rank: Int
    var scale: Float
  }

  /// - Parameter adapters: opened for this model.
  public init(_ base: any TensorSource, adapters: [PEFTAdapter]) {
    self.base = base
    var changes: [String: [PEFTAdapter]] = [:]
    var replacements: [String: PEFTAdapter] = [:]
    for adapter in adapters {
      for name in adapter.storedTensors {
        replacements[name] = adapter
        changes[name] = nil
      }
      for module in adapter.modules { changes["\(module).weight", default: []].append(adapter) }
    }
    (self.changes, self.replacements) = (changes, replacements)
  }

  /// What is added to a matrix. Throws `ToolError` (65) where an adapter cannot be read.
  private func updates(of name: String) throws(ToolError) -> [Update] {
    guard let adapters = changes[name] else { return [] }
    if let known = updates.withLock({ $0[name] }) { return known }
    let module = String(name.dropLast(".weight".count))
    var read: [Update] = []
    for adapter in adapters {
      let factors = try adapter.factors(of: module)
      read.append(
        Update(
          a: FloatStorage(copying: factors.a), b: FloatStorage(copying: factors.b),
          rank: adapter.rank(of: module), scale: Float(adapter.scale(of: module))))
    }
    // Two threads may have read the same.
    return updates.withLock { [read] known in
      known[name] = known[name] ?? read
      return known[name] ?? read
    }
  }

  /// The base's; the adapters have theirs.
  public var path: String { base.path }
  /// The base's: adapters change no shape.
  public var configuration: ModelConfiguration { base.configuration }
  /// The base's: adapters change no shape.
  public func shape(of name: String) -> [Int]? { base.shape(of: name) }

  /// The base's rows, or those that an adapter brings in their place, with the adapters' updates of these
  /// rows added. Throws `ToolError` (65) as the base does.
  public func read(
    _ name: String, rows: Range<Int>, into output: UnsafeMutableBufferPointer<Float>
  ) throws(ToolError) {
    let isReplaced = try replacements[name]?.readStored(name, rows: rows, into: output) ?? false
    if !isReplaced { try base.read(name, rows: rows, into: output) }
    let updates = try updates(of: name)
    guard !updates.isEmpty, let shape = shape(of: name), shape.count == 2, !rows.isEmpty,
      let address = output.baseAddress
    else { return }
    let merged = Matrix(base: address, rows: rows.count, columns: shape[1], stride: shape[1])
    for update in updates {
      multiply(
        update.b.matrix(rows: shape[0], columns: update.rank).rows(rows),
        update.a.matrix(rows: update.rank, columns: shape[1]), into: merged, scale: update.scale,
        accumulate: true)
    }
  }
}
