import Streams
import TestSupport
import Testing
import Tokenizers

/// Tokens added with every flag, beside special tokens and in text, as transformers finds them
/// (Tests/Fixtures/make_added_token_fixtures.py).
@Suite struct AddedTokenTests {
  @Test func promptsAreThoseOfTransformers() throws {
    let entries = try #require(try JSON.parse(file: fixture("tokenizers/added-tokens.json")).array)
    var count = 0
    for entry in entries {
      let vocabulary = try TokenizerFixture(try #require(entry["vocabulary"]?.string))
      let added = try #require(entry["added_tokens"]?.array)
      let names = added.compactMap { $0["content"]?.string }
      let tokenizer = try vocabulary.tokenizer(configuration: entry["configuration"]?.object ?? [:]) { json in
        let kept = (json["added_tokens"]?.array ?? []).filter {
          !names.containsExactly($0["content"]?.string ?? "")
        }
        json["added_tokens"] = .array(kept + added)
      }
      for prompt in entry["prompts"]?.array ?? [] {
        let pair = try #require(prompt.array)
        var parts: [PromptPart] = []
        for part in try #require(pair[0].array) {
          if let text = part.string { parts.append(.text(text)) }
          if let special = part["special"]?.string {
            parts.append(.special(try #require(tokenizer.id(ofSpecial: special))))
          }
        }
        let expected = pair[1].array?.compactMap { $0.integer.map(Int32.init) }
        #expect(tokenizer.encode(parts) == expected, "\(parts) with \(names)")
        count += 1
      }
    }
    #expect(count > 1000)
  }

  /// Written for transformers, the flags are read again.
  @Test func flagsAreWritten() throws {
    let size = try TokenizerFixture("qwen2").tokenizer().vocabularySize
    let flags: JSONObject = [
      "id": .integer(size), "content": "<x>", "single_word": true, "lstrip": true, "rstrip": true,
      "normalized": false,
      "special": false,
    ]
    let tokenizer = try TokenizerFixture("qwen2").tokenizer {
      $0["added_tokens"] = .array(($0["added_tokens"]?.array ?? []) + [.object(flags)])
    }
    let written = try JSON.parse(try tokenizer.tokenizerJSON())
    let token = written["added_tokens"]?.array?.first { $0["content"] == "<x>" }
    #expect(token?.object == flags)
    #expect(tokenizer.lossesInGGUF.contains { $0.contains("<x>") })
  }
}
