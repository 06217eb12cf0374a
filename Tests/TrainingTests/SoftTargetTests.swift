import Testing
import TinyModels
import Training

@Suite struct SoftTargetTests {
  /// The loss of weighted completions of one prompt is the cross entropy against the distribution.
  @Test func theLossIsTheCrossEntropy() throws {
    let reference = try TinyModel.reference()
    let decoder = try TinyModel.decoder(threads: 1)
    let adapter = try TinyModel.adapter("adapter-initial", for: decoder)
    let optimization = Optimization(decoder: decoder, training: .adapter(adapter))
    let prompt = Array(reference.sequences[0].tokens.prefix(5))
    let answers: [(token: Int32, probability: Float)] = [(7, 0.25), (9, 0.75)]
    func example(_ token: Int32, _ weight: Float) -> EncodedExample {
      EncodedExample(tokens: prompt + [token], firstScored: prompt.count, weight: weight, objective: .behave)
    }
    let apart = try answers.map { try optimization.computeLoss([example($0.token, 1)]).loss }
    let expected = zip(apart, answers).reduce(0) { $0 + $1.0 * Double($1.1.probability) }
    let together = try optimization.computeGradients(answers.map { example($0.token, $0.probability) })
    #expect(abs(together.loss - expected) < 1e-5)
    #expect(together.rows == prompt.count)
  }
}
