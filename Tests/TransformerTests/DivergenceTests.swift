import Checkpoints
import Tensors
import Testing
import TinyModels
import Transformer

/// Losses in which a teacher's distribution takes the place of the token, against PyTorch's
/// (make_divergence_reference.py): every second of the reference's sequences is distilled.
@Suite struct DivergenceTests {
  /// The reference sequences as one forest, what the loss asks of it, and the weights of the targets that are
  /// distilled.
  private struct Batch {
    let forest: PackedForest
    let targets: [RowTarget]
    let isDistilled: [Bool]

    init(_ reference: TinyModel.Reference, stateRows: [Int]) {
      var forest = TokenForest()
      var asked: [(node: TokenForest.Node, goal: RowTarget.Goal, weight: Float)] = []
      var stateRows = stateRows[...]
      for (index, sequence) in reference.sequences.enumerated() {
        let path = forest.insert(Array(sequence.tokens.dropLast()))
        for place in sequence.firstScored..<sequence.tokens.count {
          let goal: RowTarget.Goal =
            index % 2 == 0 ? .teacher(state: stateRows.removeFirst()) : .token(sequence.tokens[place])
          asked.append((path[place - 1], goal, sequence.weight))
        }
      }
      let total = asked.reduce(0) { $0 + $1.weight }
      let packed = PackedForest(forest)
      self.forest = packed
      targets = asked.map {
        RowTarget(row: packed.row(of: $0.node), goal: $0.goal, weight: $0.weight / total)
      }
      isDistilled = asked.map { if case .teacher = $0.goal { true } else { false } }
    }

    func loss(_ losses: [Float]) -> Double {
      zip(losses, targets).reduce(0) { $0 + Double($1.0) * Double($1.1.weight) }
    }

    func distilledMean(_ losses: [Float]) -> Double {
      var (sum, weight) = (0.0, 0.0)
      for (index, target) in targets.enumerated() where isDistilled[index] {
        sum += Double(target.weight) * Double(losses[index])
        weight += Double(target.weight)
      }
      return sum / weight
    }
  }

  /// The teacher's states of the distilled sequences, copied, so that the decoder may change.
  private func states(of decoder: Decoder, _ reference: TinyModel.Reference) throws -> (
    storage: FloatStorage, matrix: Matrix, rows: [Int]
  ) {
    let distilled = stride(from: 0, to: reference.sequences.count, by: 2).map { reference.sequences[$0] }
    let reader = StateReader(decoder: decoder)
    defer { withExtendedLifetime(reader) {} }
    let (states, rows) = try reader.states(
      of: distilled.map { ($0.tokens, $0.firstScored..<$0.tokens.count) })
    let storage = FloatStorage(count: states.rows * states.columns)
    let copy = storage.matrix(rows: states.rows, columns: states.columns)
    for row in 0..<states.rows { copy.row(row).update(from: states.row(row), count: states.columns) }
    return (storage, copy, rows)
  }

  private func stored(_ name: String) throws -> [Float] {
    let file = try SafetensorsFile(path: TinyModel.folder + "/reference/divergence.safetensors")
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

  @Test(arguments: Divergence.allCases) func lossAndGradientsOfLoRAEqualPyTorch(divergence: Divergence) throws
  {
    let reference = try TinyModel.reference()
    let expected = try TinyModel.divergenceReference()["lora_" + divergence.rawValue] ?? [:]
    let decoder = try TinyModel.frozenDecoder(threads: 2)
    let adapter = try TinyModel.adapter("adapter", for: decoder)
    let (storage, states, rows) = try states(of: decoder, reference)
    let batch = Batch(reference, stateRows: rows)
    let pass = TrainingPass(decoder: decoder, training: .adapter(adapter))
    let gradients = try #require(pass.gradients.adapter)
    let losses = withExtendedLifetime(storage) {
      pass.accumulate(
        batch.forest, targets: batch.targets,
        teacher: TeacherStates(states: states, head: decoder.weights.head, divergence: divergence))
    }
    #expect(abs(batch.loss(losses) / (expected["loss"] ?? 0) - 1) < 1e-4)
    #expect(abs(batch.distilledMean(losses) / (expected["distilled"] ?? 0) - 1) < 1e-4)
    for (layer, module, side, matrix) in gradients.tensors {
      let name = "base_model.model.model.layers.\(layer).\(module.path).\(side.rawValue).weight"
      let values = try stored("lora.\(divergence.rawValue).\(name)")
      #expect(relativeError(matrix, values) < 1e-4, "\(name)")
    }
  }

  @Test(arguments: Divergence.allCases) func lossAndGradientsOfAllWeightsEqualPyTorch(
    divergence: Divergence
  ) throws {
    let reference = try TinyModel.reference()
    let expected = try TinyModel.divergenceReference()["full_" + divergence.rawValue] ?? [:]
    let (decoder, parameters) = try TinyModel.trainable(threads: 2)
    let (storage, states, rows) = try states(of: decoder, reference)
    let head = FloatStorage(copying: Array(parameters.storage.buffer))
    let teacherHead = LinearWeight(
      Matrix(
        base: head.base + (parameters.head.base - parameters.storage.base), rows: parameters.head.rows,
        columns: parameters.head.columns, stride: parameters.head.stride), keeping: head)
    let merged = try TinyModel.mergedParameters("adapter", workers: decoder.workers)
    parameters.storage.base.update(from: merged.storage.base, count: merged.storage.count)
    decoder.weights.refresh(workers: decoder.workers)
    let batch = Batch(reference, stateRows: rows)
    let pass = TrainingPass(decoder: decoder, training: .weights(parameters))
    let gradients = try #require(pass.gradients.weights)
    let losses = withExtendedLifetime(storage) {
      pass.accumulate(
        batch.forest, targets: batch.targets,
        teacher: TeacherStates(states: states, head: teacherHead, divergence: divergence))
    }
    #expect(abs(batch.loss(losses) / (expected["loss"] ?? 0) - 1) < 1e-4)
    #expect(abs(batch.distilledMean(losses) / (expected["distilled"] ?? 0) - 1) < 1e-4)
    // PyTorch's gradients were kept of one direction; the other differs in the logits' alone.
    guard divergence == .reverse else { return }
    for (name, matrix, _) in gradients.tensors {
      #expect(relativeError(matrix, try stored("full.reverse." + name)) < 1e-4, "\(name)")
    }
  }
}
