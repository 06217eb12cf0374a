import Checkpoints
import Streams
import Testing
import Training
import Transformer

@Suite struct MemoryPlanTests {
  /// SmolLM2-135M with an adapter of rank 16.
  private let sizes = ActivationSizes(
    ModelConfiguration(
      architecture: .llama, vocabularySize: 49_152, hiddenSize: 576, intermediateSize: 1536, layerCount: 30,
      headCount: 9, keyValueHeadCount: 3, headDimension: 64, ropeBase: 100_000, rmsNormEpsilon: 1e-5,
      contextLength: 8192, tiedEmbeddings: true),
    narrow: 7 * 16)

  private var memory: TrainingMemory {
    var memory = TrainingMemory()
    memory.weights = 600_000_000
    memory.other = 40_000_000
    return memory
  }

  private func plan(limit: Int, packRows: Int? = nil) throws(ToolError) -> MemoryPlan {
    try MemoryPlan(
      memory, sizes, packRows: packRows, longest: 300, hasTeacher: false, limit: ByteCount(limit))
  }

  /// What is beside the activations is taken off what may be used.
  @Test func layersAreHeldInWhatIsLeft() throws {
    let limit = memory.total + sizes.bytes(rows: 1024, heldLayers: 17)
    let plan = try plan(limit: limit)
    #expect(plan.activations.packRows == 1024 && plan.activations.heldLayers == 17)
    #expect(plan.record["budget"]?.integer == limit && plan.record["planned"]?.integer == limit)
    #expect(
      plan.record["least"]?.integer == memory.total + sizes.bytes(rows: 1024, heldLayers: 1))
    #expect(plan.record["layers"]?.integer == 30 && plan.record["held_layers"]?.integer == 17)
    #expect(plan.line?.contains("17 of 30 layers held, packs of 1024 tokens") == true)
  }

  /// A run that is gone on with keeps its packs, since they decide sums.
  @Test func packsThatAreGivenAreKept() throws {
    let limit = memory.total + sizes.bytes(rows: 1024, heldLayers: 1) - 1
    #expect(try plan(limit: limit).activations.packRows == 1008)
    #expect(try plan(limit: limit, packRows: 512).activations.packRows == 512)
    #expect(throws: ToolError.self) { try plan(limit: limit, packRows: 1024) }
  }

  @Test func whatIsNeededAtLeastIsSaid() throws {
    let least = memory.total + sizes.bytes(rows: 300, heldLayers: 1)
    let error = #expect(throws: ToolError.self) { try plan(limit: 1 << 20) }
    #expect(
      error?.message.hasPrefix("--memory 1M: at least \(ByteCount(least)) are needed (weights ") == true)
  }
}
