import Checkpoints
import Streams
import Tensors

extension LowRankAdapter {
  /// Draws A uniformly from ±1/√in and leaves B zero, as peft does by default (`reset_lora_parameters`), so
  /// that training starts from the unchanged model.
  public func initialize(seed: UInt64) {
    for (layer, module, side, matrix) in tensors where side == .a {
      var random = CounterRandom(seed: seed, "adapter", "\(layer)", module.rawValue)
      let bound = 1 / Double(matrix.columns).squareRoot()
      for index in 0..<matrix.rows * matrix.columns {
        matrix.base[index] = Float((2 * random.uniform() - 1) * bound)
      }
    }
    for (_, _, side, matrix) in tensors where side == .b { matrix.clear() }
  }

  /// The factors by module name, as PEFT adapter directories hold them.
  public var factors: [String: PEFTAdapter.Factors] {
    var factors: [String: PEFTAdapter.Factors] = [:]
    for (layer, module, side, matrix) in tensors {
      let name = "model.layers.\(layer).\(module.path)"
      let values = Array(UnsafeBufferPointer(start: matrix.base, count: matrix.rows * matrix.columns))
      switch side {
      case .a: factors[name, default: PEFTAdapter.Factors(a: [], b: [])].a = values
      case .b: factors[name, default: PEFTAdapter.Factors(a: [], b: [])].b = values
      }
    }
    return factors
  }
}
