import ArgumentParser
import Checkpoints
import Streams
import Training
import Transformer

// What the options come to with a model at hand.
extension OptimizationOptions {
  /// Throws `ToolError` (64) where an adapter would be wider than the model's widest layer: such factors are no smaller
  /// than the weight, and they would not fit in memory.
  func check(_ model: ModelConfiguration) throws(ToolError) {
    let widest = model.intermediateSize
    guard method == .full || rank <= widest else {
      throw ToolError(.usage, "--rank \(rank): the widest layer of the model has \(widest) columns")
    }
  }

  /// The part that is trained of a model that was loaded for it: all its weights, or else a new adapter.
  func trained(of model: LanguageModel, seed: UInt64) -> Trained {
    if let parameters = model.parameters { return .weights(parameters) }
    let adapter = shape.zeros(over: model.decoder.configuration)
    adapter.initialize(seed: seed)
    return .adapter(adapter)
  }

  /// The adapter that is trained; nil for all weights.
  var adapter: AdapterShape? { method == .lora ? shape : nil }

  private var shape: AdapterShape {
    AdapterShape(
      rank: rank, alpha: alpha ?? 2 * rank, modules: (try? linearModules()) ?? LinearModule.allCases)
  }

  /// What weights, adapter and optimizer take, and the widths of activations.
  /// - Parameter ownSlices: of a step, that this process computes.
  func memory(
    of model: ModelConfiguration, ownSlices: Int
  ) -> (memory: TrainingMemory, sizes: ActivationSizes) {
    // Memory that is not touched costs nothing, so an adapter can be made to be counted.
    let adapter = adapter?.zeros(over: model)
    var memory = TrainingMemory()
    memory.weights = use.weightBytes(model)
    memory.countTrained(
      adapter?.storage.count ?? model.parameterCount, isAdapter: adapter != nil, ownSlices: ownSlices)
    return (memory, ActivationSizes(model, narrow: adapter?.narrowWidth ?? 0))
  }

  func linearModules() throws -> [LinearModule] {
    guard let modules else { return LinearModule.allCases }
    var known: [LinearModule] = []
    for name in modules.split(separator: ",", omittingEmptySubsequences: false) {
      guard let module = LinearModule(rawValue: String(name)) else {
        let names = LinearModule.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--modules: \"\(name)\" is none of \(names)")
      }
      guard !known.contains(module) else { throw ValidationError("--modules names \(name) twice") }
      known.append(module)
    }
    return known
  }
}
