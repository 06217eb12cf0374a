import Cases
import Streams
import TestSupport
import Testing
import Tokenizers

/// Vocabularies with other added tokens, models, classes and configurations: the ids of what a chat template
/// writes, and of data between, as transformers has them (Tests/Fixtures/make_tokenizer_variants.py).
@Suite struct TokenizerVariantTests {
  /// Writes what it is given by number where the role is system, and data else.
  private static let template =
    "{% for m in messages %}{% if m.role == 'system' %}{{ specials[m.content|int] }}"
    + "{% else %}{{ m.content }}{% endif %}{% endfor %}"

  private func tokenizer(_ entry: JSON) throws -> any Tokenizer {
    var json = try TokenizerFixture(try #require(entry["vocabulary"]?.string)).json
    json["added_tokens"] = .array((json["added_tokens"]?.array ?? []) + (entry["added_tokens"]?.array ?? []))
    var model = try #require(json["model"]?.object)
    for member in (entry["model"]?.object ?? [:]).members {
      let merges = model["merges"]?.array ?? []
      switch member.key {
      case "without":
        let gone = (member.value.array ?? []).compactMap(\.string)
        var vocabulary = JSONObject()
        for token in (model["vocab"]?.object ?? [:]).members where !gone.containsExactly(token.key) {
          vocabulary[token.key] = token.value
        }
        model["vocab"] = .object(vocabulary)
        model["merges"] = .array(
          merges.filter { merge in
            let parts = merge.array?.compactMap(\.string) ?? []
            return !(parts + [parts.joined()]).contains { gone.containsExactly($0) }
          })
      case "again": model["merges"] = .array(merges + merges.prefix(member.value.integer ?? 0))
      default: model[member.key] = member.value
      }
    }
    json["model"] = .object(model)
    let configuration = entry["configuration"]?.object ?? [:]
    return model["byte_fallback"] == true
      ? try SentencePieceBPE(tokenizerJSON: json, configuration: configuration, generation: [:])
      : try ByteLevelBPE(tokenizerJSON: json, configuration: configuration, generation: [:])
  }

  @Test func promptsAreThoseOfTransformers() throws {
    let entries = try #require(try JSON.parse(file: fixture("tokenizers/variants.json")).array)
    var count = 0
    for entry in entries {
      let tokenizer = try tokenizer(entry)
      for prompt in entry["prompts"]?.array ?? [] {
        let pair = try #require(prompt.array)
        let parts = try #require(pair[0].array)
        let specials = parts.compactMap { $0["special"] }
        let template = PromptTemplate.own(
          try CheckpointTemplate(
            Self.template, specialTokens: [:], tokenizer: tokenizer,
            arguments: ["specials": .array(specials)]))
        var written = 0
        let messages = parts.map { part in
          defer { if part.string == nil { written += 1 } }
          return part.string.map { Message(role: "user", content: $0) }
            ?? Message(role: "system", content: "\(written)")
        }
        let expected = pair[1].array?.compactMap { $0.integer.map(Int32.init) }
        let found = try template.encode(messages, with: tokenizer)
        #expect(
          found == expected, "\(parts), \(entry["vocabulary"] ?? .null), \(entry["configuration"] ?? .null)")
        count += 1
      }
    }
    #expect(count > 600)
  }
}
