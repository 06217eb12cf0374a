import Checkpoints
import Testing
import Transformer

@Suite struct ActivationPlanTests {
  /// SmolLM2-135M with an adapter of rank 16.
  private let sizes = ActivationSizes(
    ModelConfiguration(
      architecture: .llama, vocabularySize: 49_152, hiddenSize: 576, intermediateSize: 1536, layerCount: 30,
      headCount: 9, keyValueHeadCount: 3, headDimension: 64, ropeBase: 100_000, rmsNormEpsilon: 1e-5,
      contextLength: 8192, tiedEmbeddings: true),
    narrow: 7 * 16)

  private func fitting(_ budget: Int, longest: Int = 300) -> ActivationPlan? {
    ActivationPlan.fitting(sizes, usualRows: 1024, longest: longest, budget: budget)
  }

  @Test func withRoomAllLayersAreHeld() throws {
    let plan = try #require(fitting(64 << 30))
    #expect(plan.packRows == 1024 && plan.heldLayers == 30)
    #expect(plan.bytes == sizes.bytes(rows: 1024, heldLayers: 30))
    // 0.7 MB a row, and logits of 256 rows.
    #expect((700_000..<900_000) ~= (plan.bytes - 51_000_000) / 1024)
  }

  @Test func layersAreGivenUpBeforeRows() throws {
    for heldLayers in [29, 17, 1] {
      let budget = sizes.bytes(rows: 1024, heldLayers: heldLayers)
      let plan = try #require(fitting(budget))
      #expect(plan.heldLayers == heldLayers && plan.packRows == 1024 && plan.bytes == budget)
    }
    let less = try #require(fitting(sizes.bytes(rows: 1024, heldLayers: 17) - 1))
    #expect(less.heldLayers == 16 && less.packRows == 1024)
  }

  @Test func packsAreSmallerWhereNoLayerFits() throws {
    let budget = sizes.bytes(rows: 1024, heldLayers: 1) - 1
    let plan = try #require(fitting(budget))
    #expect(plan.packRows == 1008 && plan.heldLayers == 1 && plan.bytes <= budget)
  }

  @Test func theLongestExampleFitsOrNothingDoes() throws {
    let least = sizes.bytes(rows: 300, heldLayers: 1)
    let plan = try #require(fitting(least))
    #expect(plan.packRows == 300 && plan.heldLayers == 1 && plan.bytes == least)
    #expect(fitting(least - 1) == nil)
    #expect(fitting(-1) == nil)
  }

  /// An example of more tokens than a pack holds is a pack by itself.
  @Test func aLongExampleCounts() throws {
    let plan = try #require(fitting(64 << 30, longest: 5000))
    #expect(plan.packRows == 1024 && plan.bytes == sizes.bytes(rows: 5000, heldLayers: 30))
  }

  @Test func packsThatAreGivenAreNotMadeSmaller() throws {
    let budget = sizes.bytes(rows: 1024, heldLayers: 1)
    #expect(ActivationPlan(sizes, packRows: 1024, longest: 300, budget: budget)?.heldLayers == 1)
    #expect(ActivationPlan(sizes, packRows: 1024, longest: 300, budget: budget - 1) == nil)
  }

  @Test func aTeachersLogitsCount() {
    let more = sizes.bytes(rows: 9, heldLayers: 2, hasTeacher: true) - sizes.bytes(rows: 9, heldLayers: 2)
    #expect(more == 4 * 256 * 49_152)
  }

  /// Rows of logits held at once take at most 64 MB, whatever the vocabulary.
  @Test(arguments: [49_152, 65_536, 128_256, 151_936, 262_208]) func logitsAreBounded(vocabulary: Int) {
    let configuration = ModelConfiguration(
      architecture: .llama, vocabularySize: vocabulary, hiddenSize: 8, intermediateSize: 8, layerCount: 1,
      headCount: 1, keyValueHeadCount: 1, headDimension: 8, ropeBase: 10_000, rmsNormEpsilon: 1e-5,
      contextLength: 64, tiedEmbeddings: true)
    let sizes = ActivationSizes(configuration, narrow: 0)
    let bytes =
      sizes.bytes(rows: 0, heldLayers: 1, hasTeacher: true)
      - sizes.bytes(rows: 0, heldLayers: 1)
    let rows = bytes / 4 / vocabulary
    #expect(bytes <= 64 << 20 && rows.isMultiple(of: 16) && rows >= 48)
    if vocabulary <= 65_536 { #expect(rows == 256) }
  }
}
