import Cases
import Checkpoints
import Glibc
import Streams
import Testing
import Tokenizers

/// The path of Gemma 3 270M as GGUF (`make gemma-model`).
private let gemmaPath = getenv("CF_TEST_GEMMA").map { String(cString: $0) }

@Suite(.enabled(if: gemmaPath != nil, "CF_TEST_GEMMA does not name a Gemma 3 270M GGUF file"))
struct GemmaTests {
  let tokenizer: any Tokenizer

  init() throws {
    tokenizer = try GGUFFile(path: try #require(gemmaPath)).tokenizer()
  }

  /// As llama.cpp has them, without the beginning of sequence.
  static let golden: [(text: String, ids: [Int32])] = [
    (
      "Hello world! Café déjà vu — 123 😊",
      [9259, 1902, 236888, 62367, 29234, 11042, 2192, 236743, 236770, 236778, 236800, 103453]
    ),
    ("a  b\n\nc\td", [236746, 138, 236763, 108, 236755, 255968, 236753]),
    (" leading", [5830]),
    (
      "(A) 1999\n(B) 2,500",
      [
        236769, 236776, 236768, 236743, 236770, 236819, 236819, 236819, 107, 236769, 236799, 236768, 236743,
        236778, 236764, 236810, 236771, 236771,
      ]
    ),
  ]

  @Test(arguments: golden.indices) func goldenVectors(_ index: Int) {
    let (text, ids) = Self.golden[index]
    #expect(tokenizer.encode(text) == ids && tokenizer.decode(ids) == text)
  }

  @Test func rolesAndTemplates() throws {
    #expect(tokenizer.vocabularySize == 262_144 && tokenizer.addsBeginningOfSequence)
    #expect(tokenizer.beginningOfSequence == 2 && tokenizer.endOfSequence == 1)
    // Not `</s>`, a tag of HTML here.
    #expect(tokenizer.endOfTurnTokens == [1, 106])
    let messages = [Message(role: "user", content: "Is 17 prime?")]
    #expect(
      try ChatTemplate(.gemma).encode(messages, with: tokenizer) == [
        2, 105, 2364, 107, 4602, 236743, 236770, 236832, 8355, 236881, 106, 107, 105, 4368, 107,
      ])
    #expect(
      try ChatTemplate(.plain).encode(messages, with: tokenizer) == [2] + tokenizer.encode("Is 17 prime?\n\n")
    )
  }
}
