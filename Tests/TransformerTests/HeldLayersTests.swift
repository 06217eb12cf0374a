import Checkpoints
import Streams
import Tensors
import TestSupport
import Testing
import Transformer

/// Layers whose activations are computed again in the backward pass, against a pass that holds all of them: to the bit.
@Suite struct HeldLayersTests {
  static let models = ["tiny-llama/tiny-llama-f32.gguf"] + FamilyTests.families.map { "tiny-families/\($0)" }

  private struct Outcome: Equatable {
    var losses: [UInt32]
    var gradients: [UInt32]
  }

  private func checkpoint(_ model: String) throws -> ModelCheckpoint {
    try ModelCheckpoint(path: fixture(model))
  }

  /// Two packs of random tokens, of which the second is longer: trees whose branches share a beginning.
  private func packs(vocabulary: Int) -> [(PackedForest, [RowTarget])] {
    [5, 40].map { length in
      var random = CounterRandom(seed: 3, "held-layers")
      func tokens(_ count: Int) -> [Int32] {
        (0..<count).map { _ in Int32(random.uniform() * Double(vocabulary)) }
      }
      var forest = TokenForest()
      let start = tokens(length)
      let nodes = (0..<3).flatMap { _ in forest.insert(start + tokens(length / 2)) }
      let packed = PackedForest(forest)
      let rows = Set(nodes.map { packed.row(of: $0) }).sorted()
      return (packed, rows.map { RowTarget(row: $0, token: tokens(1)[0], weight: 1 / Float(rows.count)) })
    }
  }

  private func bits(_ storage: FloatStorage) -> [UInt32] { storage.buffer.map(\.bitPattern) }

  private func accumulate(_ pass: TrainingPass, vocabulary: Int) -> Outcome {
    let losses = packs(vocabulary: vocabulary).flatMap { pass.accumulate($0, targets: $1) }
    return Outcome(losses: losses.map(\.bitPattern), gradients: bits(pass.gradients.storage))
  }

  @Test(arguments: models) func fullTrainingIsTheSame(model: String) throws {
    let source = try checkpoint(model).tensors
    let workers = Workers(count: 2)
    let parameters = try DecoderParameters(reading: source, workers: workers)
    let decoder = Decoder(
      configuration: source.configuration,
      weights: try DecoderWeights(viewing: parameters, precision: .float32, workers: workers),
      workers: workers)
    func outcome(heldLayers: Int?) -> Outcome {
      let pass = TrainingPass(decoder: decoder, training: .weights(parameters), heldLayers: heldLayers)
      return accumulate(pass, vocabulary: source.configuration.vocabularySize)
    }
    expectSame(layers: source.configuration.layerCount, outcome)
  }

  @Test(arguments: models) func lowRankTrainingIsTheSame(model: String) throws {
    let source = try checkpoint(model).tensors
    let workers = Workers(count: 2)
    let weights = try DecoderWeights.frozen(
      reading: source, Numerics(), hasBackward: true, workers: workers)
    let decoder = Decoder(configuration: source.configuration, weights: weights, workers: workers)
    let adapter = LowRankAdapter(
      configuration: decoder.configuration, rank: 3, alpha: 6, modules: LinearModule.allCases)
    var random = CounterRandom(seed: 5, model)
    for index in 0..<adapter.storage.count { adapter.storage.base[index] = Float(random.uniform() - 0.5) / 4 }
    func outcome(heldLayers: Int?) -> Outcome {
      let pass = TrainingPass(decoder: decoder, training: .adapter(adapter), heldLayers: heldLayers)
      return accumulate(pass, vocabulary: source.configuration.vocabularySize)
    }
    expectSame(layers: source.configuration.layerCount, outcome)
  }

  private func expectSame(layers: Int, _ outcome: (_ heldLayers: Int?) -> Outcome) {
    #expect(layers > 1, "a model of one layer computes nothing again")
    let reference = outcome(nil)
    #expect(reference.gradients.contains { $0 != 0 })
    for heldLayers in 1...layers {
      let found = outcome(heldLayers)
      #expect(found.losses == reference.losses, "losses with \(heldLayers) of \(layers) layers held")
      #expect(found.gradients == reference.gradients, "gradients with \(heldLayers) of \(layers) layers held")
    }
  }
}
