import Checkpoints
import Streams
import TestSupport
import Tokenizers

/// A tiny vocabulary and what Hugging Face's `tokenizers` makes of texts with it
/// (Tests/Fixtures/make_tokenizer_fixtures.py).
struct TokenizerFixture {
  let json: JSONObject
  let texts: [String]
  let ids: [[Int32]]

  init(_ name: String) throws {
    let document = try JSON.parse(file: fixture("tokenizers/\(name).json"))
    json = document["tokenizer"]?.object ?? JSONObject()
    texts = (try JSON.parse(file: fixture("tokenizers/texts.json")).array ?? []).compactMap(\.string)
    ids = (document["ids"]?.array ?? []).map { ($0.array ?? []).compactMap { $0.integer.map(Int32.init) } }
  }

  func tokenizer(
    configuration: JSONObject = [:], change: (inout JSONObject) -> Void = { _ in }
  ) throws -> ByteLevelBPE {
    var json = json
    change(&json)
    return try ByteLevelBPE(tokenizerJSON: json, configuration: configuration, generation: [:])
  }
}
