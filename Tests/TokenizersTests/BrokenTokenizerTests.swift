import Checkpoints
import Streams
import TestSupport
import Testing
import Tokenizers

@Suite struct BrokenTokenizerTests {
  typealias Change = @Sendable (inout JSONObject) -> Void

  static func model(_ key: String, _ value: JSON) -> Change {
    { json in
      var model = json["model"]?.object ?? JSONObject()
      model[key] = value
      json["model"] = .object(model)
    }
  }

  static func top(_ key: String, _ value: JSON?) -> Change {
    { $0[key] = value }
  }

  static let attacks: [(change: Change, message: String)] = [
    (top("model", nil), "missing key \"model\""),
    (model("type", "Unigram"), "unknown type \"Unigram\"; known is BPE"),
    (model("byte_fallback", true), "byte_fallback"),
    (model("continuing_subword_prefix", "##"), "continuing_subword_prefix"),
    (model("vocab", []), "key \"vocab\""),
    (model("vocab", ["a": "x"]), "token \"a\" has no id"),
    (model("vocab", ["a": -1]), "token \"a\" has no id"),
    (model("vocab", ["a": 2_000_000_000]), "token \"a\" has no id"),
    (model("vocab", [:]), "not in the vocabulary"),
    (model("merges", [["a"]]), "merge 0 is no pair"),
    (model("merges", ["ab"]), "merge 0 is no pair"),
    (model("merges", [7]), "merge 0 is no pair"),
    (model("merges", [["zz", "qq"]]), "merge 0, \"zz qq\", has a token that is not in the vocabulary"),
    (model("merges", [["", ""]]), "not in the vocabulary"),
    (top("pre_tokenizer", nil), "unknown pre_tokenizer"),
    (top("pre_tokenizer", ["type": "Whitespace"]), "unknown pre_tokenizer {\"type\":\"Whitespace\"}"),
    (top("pre_tokenizer", ["type": "ByteLevel", "add_prefix_space": true]), "unknown pre_tokenizer"),
    (
      top(
        "pre_tokenizer",
        [
          "type": "Sequence",
          "pretokenizers": [
            ["type": "Split", "pattern": ["Regex": "x"], "behavior": "Isolated"],
            ["type": "ByteLevel", "use_regex": false],
          ],
        ]), "unknown pre_tokenizer"
    ),
    (top("pre_tokenizer", ["type": "Sequence", "pretokenizers": []]), "unknown pre_tokenizer"),
    (top("normalizer", ["type": "StripAccents"]), "unknown normalizer StripAccents; known are NFC"),
    (top("normalizer", ["type": "Sequence", "normalizers": [["type": "Nmt"]]]), "unknown normalizer Nmt"),
    (
      top("normalizer", ["type": "Replace", "pattern": ["Regex": "a+"], "content": "b"]),
      "unknown normalizer Replace of {\"Regex\":\"a+\"}"
    ),
    (
      top(
        "normalizer",
        [
          "type": "Sequence",
          "normalizers": .array(
            Array(
              repeating: ["type": "Replace", "pattern": ["String": "a"], "content": "aaaaa"], count: 3)),
        ]), "a normalizer that makes text over 64 times as long"
    ),
    (top("added_tokens", [["id": 0]]), "without \"content\""),
    (
      {
        $0["normalizer"] = ["type": "Lowercase"]
        $0["added_tokens"] = [["id": 9, "content": "X", "special": true, "normalized": true]]
      }, "\"X\" is one of normalized text"
    ),
  ]

  @Test(arguments: attacks.indices) func attackIsRefused(_ index: Int) throws {
    let (change, message) = Self.attacks[index]
    let fixture = try TokenizerFixture("smollm")
    let error = try #require(toolError { _ = try fixture.tokenizer(change: change) })
    #expect(error.status == .badData)
    #expect(error.message.contains(message), "\(error)")
  }

  @Test func fileIsNamed() throws {
    let directory = try HuggingFaceDirectory(path: fixture("tiny-llama/hf"))
    #expect(try directory.tokenizer().vocabularySize == 544)
    let attack = toolError {
      _ = try GGUFFile(path: fixture("dequantization.gguf")).tokenizer()
    }
    #expect(attack?.position == SourcePosition(file: fixture("dequantization.gguf")))
    #expect(attack?.message.contains("tokenizer model \"missing\"") == true)
  }
}
