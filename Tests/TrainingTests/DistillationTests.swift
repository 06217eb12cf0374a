import Foundation
import Tensors
import Testing
import TinyModels
import Training
import Transformer

@Suite struct DistillationTests {
  private func examples(_ reference: TinyModel.Reference) -> [EncodedExample] {
    reference.sequences.enumerated().map { index, sequence in
      EncodedExample(
        tokens: sequence.tokens, firstScored: sequence.firstScored, weight: sequence.weight,
        objective: index % 2 == 0 ? .behave : .explain, isDistilled: index % 2 == 0)
    }
  }

  private static let precisions = TinyModel.hasBFloat16 ? ProductPrecision.allCases : [.float32]

  /// An adapter whose B is zero changes nothing yet.
  @Test(arguments: Divergence.allCases, precisions)
  func aNewAdapterIsAtNoDistance(divergence: Divergence, precision: ProductPrecision) throws {
    let reference = try TinyModel.reference()
    let decoder = try TinyModel.frozenDecoder(threads: 2, precision: precision)
    let adapter = try TinyModel.adapter("adapter-initial", for: decoder)
    let optimization = Optimization(
      decoder: decoder, training: .adapter(adapter), teacher: FrozenTeacher(decoder: decoder),
      divergence: divergence)
    let outcome = try optimization.computeGradients(examples(reference))
    #expect((outcome.losses[.behave] ?? 1) < 1e-5)
    #expect((outcome.losses[.explain] ?? 0) > 1)
  }

  /// Losses by objective, and their mean by tokens, are PyTorch's.
  @Test(arguments: Divergence.allCases) func lossesAreThoseOfTheReference(divergence: Divergence) throws {
    let expected = try TinyModel.divergenceReference()["lora_" + divergence.rawValue] ?? [:]
    let decoder = try TinyModel.frozenDecoder(threads: 2)
    let adapter = try TinyModel.adapter("adapter", for: decoder)
    let optimization = Optimization(
      decoder: decoder, training: .adapter(adapter), teacher: FrozenTeacher(decoder: decoder),
      divergence: divergence)
    let outcome = try optimization.computeLoss(examples(try TinyModel.reference()))
    #expect(abs(outcome.loss / (expected["loss"] ?? 0) - 1) < 1e-4)
    #expect(abs((outcome.losses[.behave] ?? 0) / (expected["distilled"] ?? 0) - 1) < 1e-4)
  }

  /// States that are kept on disk before all weights are trained: the model is at no distance from itself,
  /// then moves away; what is there is used again, as it was.
  @Test(arguments: precisions) func statesOnDiskAreThoseBeforeTraining(precision: ProductPrecision) throws {
    let reference = try TinyModel.reference()
    let (decoder, parameters) = try TinyModel.trainable(threads: 2, precision: precision)
    let examples = examples(reference)
    let path = FileManager.default.temporaryDirectory.path + "/teacher-\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    func teacher(_ examples: [EncodedExample]) throws -> (StoredTeacher, computed: Int) {
      var computed = 0
      let teacher = try StoredTeacher(
        path: path, decoder: decoder, head: parameters.head, precision: precision, examples: examples
      ) { computed += $0 }
      return (teacher, computed)
    }
    // An example that is there twice has its states once.
    let (first, computed) = try teacher(examples + examples)
    #expect(computed == examples.count { $0.isDistilled })
    let optimization = Optimization(decoder: decoder, training: .weights(parameters), teacher: first)
    let before = try optimization.computeGradients(examples)
    #expect((before.losses[.behave] ?? 1) < 1e-5)
    optimization.update(gradientNorm: before.gradientNorm, clip: 1, learningRate: 1e-2, weightDecay: 0)
    let after = try optimization.computeLoss(examples).losses[.behave] ?? 0
    #expect(after > 1e-3)
    let (again, computedAgain) = try teacher(examples)
    #expect(computedAgain == 0)
    let rows = try again.states(for: examples.filter(\.isDistilled))
    let old = try first.states(for: examples.filter(\.isDistilled))
    for row in 0..<old.states.rows {
      #expect(memcmp(rows.states.row(row), old.states.row(row), 4 * old.states.columns) == 0)
    }
    let (_, computedForOthers) = try teacher(Array(examples.prefix(4)))
    #expect(computedForOthers == 2, "a file of other examples is made anew")
  }
}
