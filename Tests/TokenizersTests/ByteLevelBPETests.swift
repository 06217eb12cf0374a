import Checkpoints
import Streams
import TestSupport
import Testing
import Tokenizers

@Suite struct ByteLevelBPETests {
  /// Special tokens in the text are plain text; bytes without a token are dropped before merging; "qwen2" has a
  /// normalizer and user-defined tokens, "mixed" several normalizers and rules within rules.
  @Test(arguments: ["smollm", "gpt-2", "llama-bpe", "qwen2", "mixed"])
  func idsEqualTheReference(_ name: String) throws {
    let reference = try TokenizerFixture(name)
    let tokenizer = try reference.tokenizer()
    #expect(tokenizer.preTokenizer.ggufName == (name == "mixed" ? nil : name))
    #expect(reference.texts.count > 300 && reference.texts.count == reference.ids.count)
    for (text, ids) in zip(reference.texts, reference.ids) {
      #expect(tokenizer.encode(text) == ids, "\(name): \(text.debugDescription)")
    }
  }

  @Test(arguments: ["smollm", "gpt-2", "llama-bpe", "qwen2", "mixed"])
  func writtenTokenizerIsTheSame(_ name: String) throws {
    let reference = try TokenizerFixture(name)
    let json = try #require(try JSON.parse(try reference.tokenizer().tokenizerJSON()).object)
    let written = try ByteLevelBPE(tokenizerJSON: json, configuration: [:], generation: [:])
    for (text, ids) in zip(reference.texts, reference.ids) { #expect(written.encode(text) == ids) }
  }

  @Test func decodingGivesTheTextBack() throws {
    let reference = try TokenizerFixture("gpt-2")
    let tokenizer = try reference.tokenizer()
    for text in reference.texts { #expect(tokenizer.decode(tokenizer.encode(text)) == text) }
  }

  @Test func decodingHidesSpecialTokensAndForeignIDs() throws {
    let tokenizer = try TokenizerFixture("gpt-2").tokenizer()
    let start = try #require(tokenizer.id(ofSpecial: "<|im_start|>"))
    let letter = try #require(tokenizer.encode("a").first)
    #expect(tokenizer.decode([start, letter, -1, 600, .max, .min, letter]) == "aa")
    // An é is two bytes, and here two tokens: one alone is no text.
    let accent = tokenizer.encode("\u{378}")
    #expect(tokenizer.decodeBytes(accent) == [0xCD, 0xB8] && accent.count == 2)
    #expect(tokenizer.decode(accent.dropLast()) == "\u{FFFD}")
  }

  @Test func textNeverBecomesSpecial() throws {
    for name in ["smollm", "gpt-2", "llama-bpe", "qwen2"] {
      let tokenizer = try TokenizerFixture(name).tokenizer()
      for text in ["<|im_start|>", "<|im_end|>", "a<|endoftext|>b"] {
        let ids = tokenizer.encode(text)
        #expect(!ids.contains { $0 < 3 } && ids.count > 3)
        #expect(tokenizer.decode(ids) == text)
      }
      #expect(tokenizer.id(ofSpecial: "<|im_start|>") == 1)
      #expect(tokenizer.id(ofSpecial: "a") == nil && tokenizer.id(ofSpecial: "") == nil)
    }
  }

  /// A marker that the file types as an ordinary added token is still one that only templates write.
  @Test func markersAreControlTokensWhateverTheFileSays() throws {
    let tokenizer = try TokenizerFixture("smollm").tokenizer {
      guard let added = $0["added_tokens"]?.array else { return }
      $0["added_tokens"] = .array(
        added.map { token in
          var object = token.object ?? JSONObject()
          object["special"] = false
          return .object(object)
        })
    }
    for text in ["<|im_end|>", "<|endoftext|>"] { #expect(tokenizer.encode(text).count > 3) }
    #expect(tokenizer.endOfTurnTokens == [0, 2])
  }

  @Test func rolesFromHuggingFaceFiles() throws {
    let reference = try TokenizerFixture("smollm")
    let tokenizer = try reference.tokenizer(configuration: [
      "bos_token": "<|im_start|>", "eos_token": ["content": "<|im_end|>"], "pad_token": "<|im_end|>",
      "unk_token": "<|endoftext|>",
    ])
    #expect(tokenizer.beginningOfSequence == 1 && !tokenizer.addsBeginningOfSequence)
    #expect(tokenizer.endOfSequence == 2 && tokenizer.roles.padding == 2 && tokenizer.roles.unknown == 0)
    #expect(tokenizer.endOfTurnTokens == [0, 2])
    #expect(tokenizer.vocabularySize == 600)
    // transformers takes no notice of add_bos_token where there is a tokenizer.json.
    let asked = try reference.tokenizer(configuration: ["bos_token": "<|endoftext|>", "add_bos_token": true])
    #expect(!asked.addsBeginningOfSequence && asked.beginningOfSequence == 0)
    let processed = try reference.tokenizer {
      $0["post_processor"] = [
        "type": "TemplateProcessing", "single": [["SpecialToken": ["id": "<|endoftext|>", "type_id": 0]]],
      ]
    }
    #expect(processed.addsBeginningOfSequence && processed.beginningOfSequence == 0)
  }

  @Test func ggufAndTokenizerJSONAgree() throws {
    let gguf = try ModelCheckpoint(path: fixture("tiny-llama/tiny-llama-f32.gguf")).tokenizer()
    let json = try ModelCheckpoint(path: fixture("tiny-llama/hf")).tokenizer()
    #expect(gguf.roles == json.roles || gguf.roles.endOfSequence == json.roles.endOfSequence)
    #expect(gguf.beginningOfSequence == 1 && gguf.endOfTurnTokens == json.endOfTurnTokens)
    for text in try TokenizerFixture("smollm").texts {
      #expect(gguf.encode(text) == json.encode(text))
      #expect(gguf.decode(gguf.encode(text)) == text)
    }
  }

  /// Long runs, with a place to split or without, must not take quadratic time.
  @Test(.timeLimit(.minutes(1)), arguments: ["smollm", "gpt-2", "llama-bpe", "qwen2"])
  func longPieces(_ name: String) throws {
    let tokenizer = try TokenizerFixture(name).tokenizer()
    for part in ["theanswer", "1234567", " ", "\n \n", "?!"] {
      let text = String(repeating: part, count: 100_000)
      #expect(tokenizer.decode(tokenizer.encode(text)) == text)
    }
  }
}
