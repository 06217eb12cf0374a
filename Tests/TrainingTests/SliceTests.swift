import ProcessGroups
import Tensors
import Testing
import TinyModels
import Training
import Transformer

@Suite struct SliceTests {
  /// Losses, gradient norm and trained numbers after three steps.
  private struct Trained: Equatable {
    var losses: [Double] = []
    var norms: [Double] = []
    var tokens: [Int] = []
    var numbers: [Float] = []
  }

  private static func train(slices: Int, in group: ProcessGroup, threads: Int = 1) throws -> Trained {
    let reference = try TinyModel.reference()
    let decoder = try TinyModel.frozenDecoder(threads: threads)
    let adapter = try TinyModel.adapter("adapter-initial", for: decoder)
    let optimization = Optimization(
      decoder: decoder, training: .adapter(adapter), group: group, slices: slices)
    let examples = reference.sequences.map {
      EncodedExample(tokens: $0.tokens, firstScored: $0.firstScored, weight: $0.weight, objective: .explain)
    }
    var trained = Trained()
    for _ in 0..<3 {
      let outcome = try optimization.computeGradients(examples)
      optimization.update(gradientNorm: outcome.gradientNorm, clip: 1, learningRate: 1e-2, weightDecay: 0)
      trained.losses.append(outcome.loss)
      trained.norms.append(outcome.gradientNorm)
      trained.tokens.append(outcome.tokens)
    }
    trained.losses.append(try optimization.computeLoss(examples).loss)
    trained.numbers = Array(adapter.storage.buffer)
    return trained
  }

  /// Steps of 8 slices have the same bits for every number of processes and threads, and those of another number of
  /// slices nearly so.
  @Test func bitsDoNotDependOnTheProcesses() throws {
    let alone = try Self.train(slices: 8, in: .alone)
    #expect(try Self.train(slices: 8, in: .alone, threads: 2) == alone)
    for count in [2, 4, 8] {
      let found = ThreadLink.run(count) { try Self.train(slices: 8, in: ProcessGroup(over: $0)) }
      for process in found { #expect(try process.get() == alone, "\(count) processes") }
    }
    let whole = try Self.train(slices: 1, in: .alone)
    #expect(whole.tokens == alone.tokens)
    for (one, eight) in zip(whole.losses, alone.losses) { #expect(abs(one - eight) < 1e-5 * one) }
    for (one, eight) in zip(whole.norms, alone.norms) { #expect(abs(one - eight) < 1e-4 * one) }
    #expect(whole.losses[0] - whole.losses[3] > 0.1, "it learns")
  }
}
