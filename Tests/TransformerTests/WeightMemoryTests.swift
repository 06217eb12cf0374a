import Checkpoints
import Tensors
import TestSupport
import Testing
import Transformer

@Suite struct WeightMemoryTests {
  private func configuration(_ model: String) throws -> ModelConfiguration {
    try ModelCheckpoint(path: fixture(model)).configuration
  }

  /// Every family has norms and biases of its own.
  @Test(arguments: HeldLayersTests.models) func parametersAreCountedAsTheyAreLaidOut(model: String) throws {
    let configuration = try configuration(model)
    #expect(configuration.parameterCount == DecoderParameters(configuration).storage.count)
  }

  /// Formats that are narrower than what is computed with are held in panels, once for both passes.
  @Test func narrowWeightsAreHeldOnce() throws {
    let configuration = try configuration("tiny-families/gemma3")
    func bytes(_ format: WeightFormat, isTrained: Bool = false) -> Int {
      let numerics = Numerics(weights: format)
      return (isTrained ? ModelUse.lowRankTraining(numerics) : .inference(numerics)).weightBytes(
        configuration)
    }
    let least = 2 * configuration.parameterCount
    #expect((least..<least * 3 / 2) ~= bytes(.bfloat16))
    #expect(bytes(.int8) < bytes(.bfloat16))
    for format in [WeightFormat.bfloat16, .int8] { #expect(bytes(format, isTrained: true) == bytes(format)) }
    #expect(bytes(.float32, isTrained: true) >= bytes(.float32))
  }

  @Test func allWeightsAreTrainedInFloats() throws {
    let configuration = try configuration("tiny-families/qwen3")
    let floats = ModelUse.fullTraining(.float32).weightBytes(configuration)
    #expect(floats == 4 * configuration.parameterCount)
    #expect(ModelUse.fullTraining(.bfloat16).weightBytes(configuration) > floats)
  }
}
