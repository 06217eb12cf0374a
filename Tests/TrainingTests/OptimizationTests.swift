import Tensors
import Testing
import TinyModels
import Training
import Transformer

@Suite struct OptimizationTests {
  private func run(
    _ optimization: Optimization, _ reference: TinyModel.Reference
  ) throws -> [(loss: Double, norm: Double)] {
    try reference.training.batches.map { batch in
      let outcome = try optimization.computeGradients(
        batch.map { index in
          let sequence = reference.sequences[index]
          return EncodedExample(
            tokens: sequence.tokens, firstScored: sequence.firstScored, weight: sequence.weight,
            objective: .explain)
        })
      optimization.update(
        gradientNorm: outcome.gradientNorm, clip: reference.training.clip,
        learningRate: reference.training.learningRate, weightDecay: reference.training.weightDecay)
      return (outcome.loss, outcome.gradientNorm)
    }
  }

  private func expectEqual(_ found: [(loss: Double, norm: Double)], _ expected: TinyModel.Reference.Curve) {
    #expect(found.count == expected.losses.count)
    for step in 0..<min(found.count, expected.losses.count) {
      let (loss, norm) = (expected.losses[step], expected.gradNorms[step])
      #expect(abs(found[step].loss - loss) < 1e-4 * loss, "loss of step \(step + 1)")
      #expect(abs(found[step].norm - norm) < 1e-3 * norm, "gradient norm of step \(step + 1)")
    }
  }

  @Test func twentyStepsOfFullFineTuningFollowPyTorch() throws {
    let reference = try TinyModel.reference()
    let (decoder, parameters) = try TinyModel.trainable(threads: 2)
    let optimization = Optimization(decoder: decoder, training: .weights(parameters))
    expectEqual(try run(optimization, reference), reference.training.full)
  }

  @Test(.enabled(if: TinyModel.hasBFloat16)) func twentyStepsOfFullFineTuningInBFloat16StayNear() throws {
    let (decoder, parameters) = try TinyModel.trainable(threads: 2, precision: .bfloat16)
    let reference = try TinyModel.reference()
    let optimization = Optimization(decoder: decoder, training: .weights(parameters))
    let found = try run(optimization, reference)
    for (step, expected) in reference.training.full.losses.enumerated() {
      #expect(abs(found[step].loss - expected) < 4e-2 * expected, "loss of step \(step + 1)")
    }
  }

  /// Products in bfloat16 have the weights as they are now: after an update, and after a state was read.
  @Test(arguments: TinyModel.hasBFloat16 ? ProductPrecision.allCases : [.float32])
  func lossesAreThoseOfTheWeightsOfNow(precision: ProductPrecision) throws {
    let (decoder, parameters) = try TinyModel.trainable(threads: 2, precision: precision)
    let reference = try TinyModel.reference()
    let examples = reference.sequences.map {
      EncodedExample(tokens: $0.tokens, firstScored: $0.firstScored, weight: $0.weight, objective: .explain)
    }
    let optimization = Optimization(decoder: decoder, training: .weights(parameters))
    let before = try optimization.computeGradients(examples)
    let start = Array(parameters.storage.buffer)
    optimization.update(gradientNorm: before.gradientNorm, clip: 1, learningRate: 1e-3, weightDecay: 0)
    let after = try optimization.computeLoss(examples).loss
    let anew = Decoder(
      configuration: decoder.configuration,
      weights: try DecoderWeights(viewing: parameters, precision: precision, workers: decoder.workers),
      workers: decoder.workers)
    #expect(after < before.loss)
    let ofAnew = try Optimization(decoder: anew, training: .weights(parameters)).computeLoss(examples).loss
    #expect(after == ofAnew)
    _ = parameters.storage.buffer.update(from: start)
    let again = try optimization.computeLoss(examples).loss
    #expect(again == before.loss)
  }

  @Test(arguments: [false, true]) func twentyStepsOfLoRAFollowPeft(isFrozen: Bool) throws {
    let reference = try TinyModel.reference()
    let decoder = try isFrozen ? TinyModel.frozenDecoder(threads: 2) : TinyModel.decoder(threads: 2)
    let adapter = try TinyModel.adapter("adapter-initial", for: decoder)
    let optimization = Optimization(decoder: decoder, training: .adapter(adapter))
    expectEqual(try run(optimization, reference), reference.training.lora)
  }

  @Test func examplesThatWeighNothingTeachNothing() throws {
    let reference = try TinyModel.reference()
    let (decoder, parameters) = try TinyModel.trainable(threads: 1)
    let optimization = Optimization(decoder: decoder, training: .weights(parameters))
    func examples(explain: Float, behave: Float) -> [EncodedExample] {
      zip(reference.sequences, [(Objective.explain, explain), (.behave, behave)]).map { sequence, kind in
        EncodedExample(
          tokens: sequence.tokens, firstScored: sequence.firstScored, weight: kind.1, objective: kind.0)
      }
    }
    let alone = try optimization.computeGradients(Array(examples(explain: 1, behave: 0).prefix(1)))
    let both = try optimization.computeGradients(examples(explain: 1, behave: 0))
    #expect(abs(both.loss - alone.loss) < 1e-6 && abs(both.gradientNorm - alone.gradientNorm) < 1e-5)
    #expect(both.losses[.behave] == nil && both.losses[.explain] == both.loss)
    let nothing = try optimization.computeGradients(examples(explain: 0, behave: 0))
    #expect(nothing.loss == 0 && nothing.gradientNorm == 0 && nothing.losses.isEmpty)
  }
}
