import Checkpoints
import Streams
import TestSupport
import Testing

/// config.json files as transformers' configuration classes read them (Tests/Fixtures/make_configurations.py): every
/// key left out, older and newer forms of rotary embeddings, kinds of scaling, kinds of layers.
@Suite struct ConfigurationClassTests {
  let cases: [JSON]

  init() throws {
    cases = try #require(try JSON.parse(file: fixture("configurations.json")).array)
  }

  private func read(_ json: JSONObject) throws(ToolError) -> ModelConfiguration {
    try ModelConfiguration(huggingFaceJSON: json)
  }

  @Test func valuesAreThoseOfTransformers() throws {
    var count = 0
    for entry in cases {
      guard let values = entry["values"]?.object else { continue }
      let json = try #require(entry["config"]?.object)
      let text = String(decoding: try json.serialized(), as: UTF8.self)
      let found = try read(json)
      let sizes = [
        ("vocab_size", found.vocabularySize), ("hidden_size", found.hiddenSize),
        ("intermediate_size", found.intermediateSize), ("num_hidden_layers", found.layerCount),
        ("num_attention_heads", found.headCount), ("num_key_value_heads", found.keyValueHeadCount),
        ("max_position_embeddings", found.contextLength), ("head_dim", found.headDimension),
      ]
      for (key, value) in sizes { #expect(values[key]?.integer == value, "\(key) of \(text)") }
      #expect(values["rms_norm_eps"]?.number == found.rmsNormEpsilon, "\(text)")
      #expect(values["tie_word_embeddings"]?.bool == found.tiedEmbeddings, "\(text)")
      let scale = try #require(values["product_scale"]?.number)
      #expect(abs(found.productScale / scale - 1) < 1e-6, "\(found.productScale) for \(scale): \(text)")
      expect(found.ropeInverseFrequencies(), values["full_attention_frequencies"], text)
      expect(found.windowInverseFrequencies(), values["sliding_attention_frequencies"], text)
      if let window = found.slidingWindow {
        #expect(values["sliding_window"]?.integer == window.length, "\(text)")
        let layers = (0..<found.layerCount).map { JSON.bool(window.holds(layer: $0)) }
        #expect(values["window_layers"]?.array == layers, "\(text)")
      }
      count += 1
    }
    #expect(count > 300)
  }

  /// A missing reference is that of a kind of layer that the model has not.
  private func expect(_ found: [Float]?, _ reference: JSON?, _ text: String) {
    guard let reference = reference?.array else { return }
    #expect(found?.count == reference.count, "\(text)")
    for (value, expected) in zip(found ?? [], reference.compactMap(\.number)) {
      #expect(abs(Double(value) / expected - 1) < 2e-6, "\(value) for \(expected): \(text)")
    }
  }

  @Test func restIsRefused() throws {
    var count = 0
    for entry in cases where entry["unsupported"] == true {
      let json = try #require(entry["config"]?.object)
      let text = String(decoding: try json.serialized(), as: UTF8.self)
      #expect(toolError { _ = try read(json) }?.status == .badData, "\(text)")
      count += 1
    }
    #expect(count > 40)
  }

  /// What is written for transformers is read as the same model.
  @Test func writtenConfigurationsAreTheSame() throws {
    for entry in cases where entry["values"] != nil {
      let configuration = try read(try #require(entry["config"]?.object))
      let written = configuration.huggingFaceJSON
      let text = String(decoding: try written.serialized(), as: UTF8.self)
      var found = try read(written)
      // In few layers, different rhythms may be the same.
      if let window = configuration.slidingWindow, let other = found.slidingWindow,
        (0..<configuration.layerCount).allSatisfy({ window.holds(layer: $0) == other.holds(layer: $0) })
      {
        found.slidingWindow?.period = window.period
      }
      #expect(found == configuration, "\(text)")
    }
  }
}
