import Cases
import Checkpoints
import Streams
import TestSupport
import Testing
import Tokenizers

/// Tiny SentencePiece vocabularies and what their references make of texts
/// (Tests/Fixtures/make_sentencepiece_fixtures.py).
@Suite struct SentencePieceBPETests {
  struct Fixture {
    var tokenizer: any Tokenizer
    var texts: [String]
    var ids: [[Int32]]
    /// What the ids are decoded to, in hexadecimal digits.
    var decoded: [String]

    init(_ name: String) throws {
      let document = try JSON.parse(file: fixture("tokenizers/sentencepiece-\(name).json"))
      tokenizer =
        if let json = document["tokenizer"]?.object {
          try SentencePieceBPE(tokenizerJSON: json, configuration: [:], generation: [:])
        } else {
          try GGUFFile(path: fixture("tokenizers/sentencepiece-\(name).gguf")).tokenizer()
        }
      texts =
        try JSON.parse(file: fixture("tokenizers/sentencepiece-texts.json")).array?.compactMap(\.string) ?? []
      ids = (document["ids"]?.array ?? []).map { ($0.array ?? []).compactMap { $0.integer.map(Int32.init) } }
      decoded = (document["decoded"]?.array ?? []).compactMap(\.string)
    }
  }

  /// By a list of merges as `tokenizers`, by scores as llama.cpp.
  static let names = ["gemma", "llama-2", "metaspace", "unprefixed", "prefixed"]

  @Test(arguments: names) func idsAndTextsEqualTheReference(_ name: String) throws {
    let reference = try Fixture(name)
    #expect(reference.texts.count > 300 && reference.texts.count == reference.ids.count)
    for (index, text) in reference.texts.enumerated() {
      let ids = reference.ids[index]
      #expect(reference.tokenizer.encode(text) == ids, "\(name): \(text.debugDescription)")
      let bytes = reference.tokenizer.decodeBytes(ids)
      let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      #expect(digits == reference.decoded[index], "\(name): \(text.debugDescription)")
    }
  }

  @Test(arguments: ["gemma", "llama-2", "metaspace"]) func writtenTokenizerIsTheSame(_ name: String) throws {
    let reference = try Fixture(name)
    let json = try #require(try JSON.parse(try reference.tokenizer.tokenizerJSON()).object)
    let written = try SentencePieceBPE(tokenizerJSON: json, configuration: [:], generation: [:])
    for (text, ids) in zip(reference.texts, reference.ids) {
      #expect(written.encode(text) == ids)
      #expect(written.decodeBytes(ids) == reference.tokenizer.decodeBytes(ids))
    }
  }

  @Test func roles() throws {
    let tokenizer = try Fixture("unprefixed").tokenizer
    #expect(tokenizer.beginningOfSequence == 2 && tokenizer.addsBeginningOfSequence)
    #expect(tokenizer.endOfSequence == 1 && tokenizer.roles.unknown == 3 && tokenizer.roles.padding == 0)
    #expect(tokenizer.endOfTurnTokens == [1, 5])
    #expect(tokenizer.id(ofSpecial: "<start_of_turn>") == 4 && tokenizer.id(ofSpecial: "a") == nil)
  }

  @Test func textNeverBecomesSpecialOrAByte() throws {
    for name in Self.names {
      let tokenizer = try Fixture(name).tokenizer
      let newline = tokenizer.encode("<0x0A>")
      for text in ["<bos>", "<start_of_turn>", "a<eos>b", "<0x0A>"] {
        let ids = tokenizer.encode(text)
        #expect(ids.allSatisfy { $0 > 5 } && ids.count > 3)
        #expect(tokenizer.decode(ids) == text)
      }
      #expect(newline.count > 3)
    }
  }

  /// Characters that the vocabulary lacks are their bytes; half of one is no text.
  @Test func bytesStandInForCharacters() throws {
    for name in Self.names {
      let tokenizer = try Fixture(name).tokenizer
      let ids = tokenizer.encode("龘", after: .text)
      #expect(ids.map(tokenizer.vocabularyText) == ["<0xE9>", "<0xBE>", "<0x98>"])
      #expect(tokenizer.decode(ids) == "龘" && tokenizer.decode(ids.dropLast()) == "\u{FFFD}")
      #expect(tokenizer.decode([2, -1, .max, .min] + ids + [1]) == "龘")
    }
  }

  /// A mark before the text is the start of a text; one that goes on has none.
  @Test func marksBeforeTexts() throws {
    func text(_ name: String, _ preceding: PrecedingText) throws -> String {
      let tokenizer = try Fixture(name).tokenizer
      return tokenizer.encode("the", after: preceding).map(tokenizer.vocabularyText).joined()
    }
    for (name, marked) in [
      ("gemma", [false, false, false]), ("unprefixed", [false, false, false]),
      ("llama-2", [true, true, false]), ("prefixed", [true, true, false]),
      ("metaspace", [true, false, false]),
    ] {
      for (preceding, marked) in zip([PrecedingText.nothing, .specialToken, .text], marked) {
        #expect(try text(name, preceding) == (marked ? "\u{2581}the" : "the"))
      }
    }
  }

  @Test func chatTemplates() throws {
    let tokenizer = try Fixture("unprefixed").tokenizer
    let messages = [Message(role: "user", content: "a <end_of_turn>")]
    let gemma = try ChatTemplate(.gemma).encode(messages, with: tokenizer)
    #expect(
      gemma == [2, 4] + tokenizer.encode("user\na <end_of_turn>") + [5] + tokenizer.encode("\n") + [4]
        + tokenizer.encode("model\n"))
    #expect(gemma.filter { $0 == 5 }.count == 1)
    let plain = try ChatTemplate(.plain).encode(messages, prefill: "b", with: tokenizer)
    #expect(plain == [2] + tokenizer.encode("a <end_of_turn>\n\nb"))
    #expect(try ChatTemplate(.plain).endOfTurn(with: tokenizer) == 1)
  }

  static let attacks: [(key: String, value: JSON, message: String)] = [
    ("normalizer", nil, "unknown pre_tokenizer {\"type\":\"Split\""),
    ("normalizer", ["type": "Nmt"], "unknown normalizer Nmt"),
    ("normalizer", ["type": "Prepend", "prepend": "\u{2581}"], "mark spaces in an unknown way"),
    ("pre_tokenizer", ["type": "ByteLevel"], "mark spaces in an unknown way"),
    ("decoder", ["type": "WordPiece"], "unknown decoder {\"type\":\"WordPiece\"}"),
    ("decoder", nil, "unknown decoder"),
    ("added_tokens", [["id": 7, "content": "x y"]], "\"x y\" is one of normalized text"),
    ("model", ["type": "Unigram"], "unknown type \"Unigram\""),
  ]

  @Test(arguments: attacks.indices) func attackIsRefused(_ index: Int) throws {
    let (key, value, message) = Self.attacks[index]
    let document = try JSON.parse(file: fixture("tokenizers/sentencepiece-gemma.json"))
    var json = try #require(document["tokenizer"]?.object)
    json[key] = value
    let error = toolError {
      _ = try SentencePieceBPE(tokenizerJSON: json, configuration: [:], generation: [:])
    }
    #expect(error?.status == .badData)
    #expect(error?.message.contains(message) == true, "\(String(describing: error))")
  }

  /// Neither merges nor user-defined tokens may take quadratic time on a text that is never split.
  @Test(.timeLimit(.minutes(1)), arguments: names) func longTexts(_ name: String) throws {
    let tokenizer = try Fixture(name).tokenizer
    let text = String(repeating: "theanswer", count: 100_000) + String(repeating: " ", count: 200_000) + "龘"
    #expect(tokenizer.decode(tokenizer.encode(text)) == text)
  }
}
