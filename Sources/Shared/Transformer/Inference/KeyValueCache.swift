import Checkpoints
import Tensors

/// Keys and values of rows already computed, of all layers: what generation goes on from. Used again from
/// pack to pack.
final class KeyValueCache {
  private var rows = 0
  private let layerCount: Int
  private let width: Int
  private var storage = FloatStorage(count: 0)

  init(configuration: ModelConfiguration) {
    layerCount = configuration.layerCount
    width = configuration.keyValueHeadCount * configuration.headDimension
  }

  /// Makes room for `rows` rows; what it held is gone.
  func reserve(rows: Int) {
    self.rows = rows
    let needed = 2 * layerCount * rows * width
    // Room that is not touched costs nothing, and a little more will be needed soon.
    if storage.count < needed { storage = FloatStorage(count: needed + needed / 2) }
  }

  func keys(_ layer: Int) -> Matrix {
    storage.matrix(rows: rows, columns: width, at: 2 * layer * rows * width)
  }
  func values(_ layer: Int) -> Matrix {
    storage.matrix(rows: rows, columns: width, at: (2 * layer + 1) * rows * width)
  }
}
