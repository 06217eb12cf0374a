import Checkpoints
import Tensors
import Testing
import TinyModels
import Transformer

@Suite struct GradientTests {
  /// The reference sequences as one forest, and what the loss asks of it.
  private func batch(_ reference: TinyModel.Reference) -> (forest: PackedForest, targets: [RowTarget]) {
    var forest = TokenForest()
    var asked: [(TokenForest.Node, Int32, Float)] = []
    for sequence in reference.sequences {
      let path = forest.insert(Array(sequence.tokens.dropLast()))
      for place in sequence.firstScored..<sequence.tokens.count {
        asked.append((path[place - 1], sequence.tokens[place], sequence.weight))
      }
    }
    let total = asked.reduce(0) { $0 + $1.2 }
    let packed = PackedForest(forest)
    return (packed, asked.map { RowTarget(row: packed.row(of: $0.0), token: $0.1, weight: $0.2 / total) })
  }

  private func loss(_ losses: [Float], _ targets: [RowTarget]) -> Double {
    zip(losses, targets).reduce(0) { $0 + Double($1.0) * Double($1.1.weight) }
  }

  private func stored(_ name: String) throws -> [Float] {
    let file = try SafetensorsFile(path: TinyModel.folder + "/reference/gradients.safetensors")
    let tensor = try #require(file.tensor(named: name))
    var values = [Float](repeating: 0, count: tensor.shape.reduce(1, *))
    let rows = tensor.shape.dropLast().reduce(1, *)
    try values.withUnsafeMutableBufferPointer { try file.read(tensor, rows: 0..<rows, into: $0) }
    return values
  }

  /// The greatest difference, as a share of the reference's greatest magnitude.
  private func relativeError(_ matrix: Matrix, _ expected: [Float]) -> Float {
    var worst: Float = 0
    for (index, value) in expected.enumerated() { worst = max(worst, abs(matrix.base[index] - value)) }
    return worst / (expected.map(abs).max() ?? 1)
  }

  /// The cosine of the angle to the reference, and the ratio of the squared lengths.
  private func agreement(_ matrix: Matrix, _ expected: [Float]) -> (cosine: Double, length: Double) {
    var (dot, length, expectedLength) = (0.0, 0.0, 0.0)
    for (index, value) in expected.enumerated() {
      let (mine, value) = (Double(matrix.base[index]), Double(value))
      dot += mine * value
      length += mine * mine
      expectedLength += value * value
    }
    return (dot / (length * expectedLength).squareRoot(), length / expectedLength)
  }

  @Test(arguments: [1, 2]) func everyGradientOfFullFineTuningEqualsPyTorch(threads: Int) throws {
    let reference = try TinyModel.reference()
    let (decoder, parameters) = try TinyModel.trainable(threads: threads)
    let pass = TrainingPass(decoder: decoder, training: .weights(parameters))
    let gradients = try #require(pass.gradients.weights)
    let (forest, targets) = batch(reference)
    let found = loss(pass.accumulate(forest, targets: targets), targets)
    #expect(abs(found - reference.loss) < 1e-4 * reference.loss)
    for (name, matrix, _) in gradients.tensors {
      #expect(relativeError(matrix, try stored("full." + name)) < 1e-4, "\(name)")
    }
  }

  @Test(arguments: [false, true]) func everyGradientOfLoRAEqualsPeft(isFrozen: Bool) throws {
    let reference = try TinyModel.reference()
    let decoder = try isFrozen ? TinyModel.frozenDecoder(threads: 2) : TinyModel.decoder(threads: 2)
    let adapter = try TinyModel.adapter("adapter", for: decoder)
    let pass = TrainingPass(decoder: decoder, training: .adapter(adapter))
    let gradients = try #require(pass.gradients.adapter)
    let (forest, targets) = batch(reference)
    let found = loss(pass.accumulate(forest, targets: targets), targets)
    #expect(abs(found - reference.adapterLoss) < 1e-4 * reference.adapterLoss)
    for (layer, module, side, matrix) in gradients.tensors {
      let name = "lora.base_model.model.model.layers.\(layer).\(module.path).\(side.rawValue).weight"
      #expect(relativeError(matrix, try stored(name)) < 1e-4, "\(name)")
    }
  }

  @Test(.enabled(if: TinyModel.hasBFloat16)) func gradientsOfLoRAOverBFloat16AreNear() throws {
    let decoder = try TinyModel.frozenDecoder(threads: 2, precision: .bfloat16)
    let reference = try TinyModel.reference()
    let adapter = try TinyModel.adapter("adapter", for: decoder)
    let pass = TrainingPass(decoder: decoder, training: .adapter(adapter))
    let gradients = try #require(pass.gradients.adapter)
    let (forest, targets) = batch(reference)
    let found = loss(pass.accumulate(forest, targets: targets), targets)
    #expect(abs(found - reference.adapterLoss) < 1e-2 * reference.adapterLoss)
    // One matrix may be off by more where its gradient is small, so the direction of all is held.
    var (dot, length, expectedLength) = (0.0, 0.0, 0.0)
    for (layer, module, side, matrix) in gradients.tensors {
      let name = "lora.base_model.model.model.layers.\(layer).\(module.path).\(side.rawValue).weight"
      for (index, value) in try stored(name).enumerated() {
        let mine = Double(matrix.base[index])
        dot += mine * Double(value)
        length += mine * mine
        expectedLength += Double(value) * Double(value)
      }
    }
    #expect(dot / (length * expectedLength).squareRoot() > 0.999)
    #expect(abs(length / expectedLength - 1) < 0.05)
  }

  @Test(.enabled(if: TinyModel.hasBFloat16)) func gradientsOfFullFineTuningInBFloat16AreNear() throws {
    let reference = try TinyModel.reference()
    let (forest, targets) = batch(reference)
    var bits: [[UInt32]] = []
    for threads in [1, 2] {
      let (decoder, parameters) = try TinyModel.trainable(threads: threads, precision: .bfloat16)
      let pass = TrainingPass(decoder: decoder, training: .weights(parameters))
      let gradients = try #require(pass.gradients.weights)
      let found = loss(pass.accumulate(forest, targets: targets), targets)
      #expect(found != reference.loss && abs(found - reference.loss) < 1e-3 * reference.loss)
      for (name, matrix, _) in gradients.tensors {
        let (cosine, length) = agreement(matrix, try stored("full." + name))
        #expect(cosine > 0.999 && abs(length - 1) < 0.03, "\(name)")
      }
      bits.append(gradients.storage.buffer.map(\.bitPattern))
    }
    let areEqual = bits[0] == bits[1]
    #expect(areEqual, "gradients depend on the team")
  }

  @Test func gradientsOfSeveralPacksAddUp() throws {
    let reference = try TinyModel.reference()
    let (decoder, parameters) = try TinyModel.trainable(threads: 2)
    let (forest, targets) = batch(reference)
    func gradients(times: Int) -> FloatStorage {
      let pass = TrainingPass(decoder: decoder, training: .weights(parameters))
      for _ in 0..<times { _ = pass.accumulate(forest, targets: targets) }
      return pass.gradients.storage
    }
    let (once, twice) = (gradients(times: 1), gradients(times: 2))
    for index in stride(from: 0, to: once.count, by: 97) {
      #expect(abs(2 * once.base[index] - twice.base[index]) < 1e-5)
    }
  }

  @Test func mergedAdapterScoresAsPeftDoes() throws {
    let reference = try TinyModel.reference()
    let decoder = try TinyModel.frozenDecoder(
      threads: 2, adapters: [TinyModel.folder + "/reference/adapter"])
    let evaluator = Evaluator(decoder: decoder)
    for (sequence, expected) in zip(reference.sequences, reference.adapterLogProbabilities) {
      let results = try evaluator.evaluate(
        (1..<sequence.tokens.count).map { end in
          .score(prompt: Array(sequence.tokens[..<end]), continuations: [[sequence.tokens[end]]])
        })
      for (result, value) in zip(results, expected) {
        guard case .scores(let scores) = result else { continue }
        #expect(abs(scores[0] - value) < 1e-4)
      }
    }
  }
}
