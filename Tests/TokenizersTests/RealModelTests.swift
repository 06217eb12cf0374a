import Cases
import Checkpoints
import Glibc
import Streams
import Testing
import Tokenizers

/// The path of SmolLM2-135M-Instruct as GGUF.
let realModelPath = getenv("CF_TEST_MODEL").map { String(cString: $0) }

@Suite(.enabled(if: realModelPath != nil, "CF_TEST_MODEL does not name a SmolLM2-135M-Instruct GGUF file"))
struct RealModelTests {
  let checkpoint: ModelCheckpoint
  let tokenizer: any Tokenizer

  init() throws {
    checkpoint = try ModelCheckpoint(path: try #require(realModelPath))
    tokenizer = try checkpoint.tokenizer()
  }

  /// Made with Hugging Face's tokenizers and SmolLM2's own pre-tokenizer, Sequence[Digits, ByteLevel].
  static let golden: [(text: String, ids: [Int32])] = [
    ("Hello, we can use", [19556, 28, 392, 416, 722]),
    ("Hello world! 123", [19556, 905, 17, 216, 33, 34, 35]),
    ("Café déjà vu.", [51, 1939, 2756, 32564, 90, 16739, 386, 101, 30]),
    ("  multiple   spaces", [216, 2701, 256, 5600]),
    ("in 1999 and 2,500", [254, 216, 33, 41, 41, 41, 284, 216, 34, 28, 37, 32, 32]),
    ("price: $3.50", [17517, 42, 1885, 35, 30, 37, 32]),
    ("x\n\n1. item\n\n2. item", [104, 1116, 33, 30, 5033, 1116, 34, 30, 5033]),
    ("a  12", [81, 256, 33, 34]),
    ("A.\n    10", [49, 30, 2367, 33, 32]),
    ("Q:   3+4", [65, 42, 333, 35, 27, 36]),
    ("1\n 2", [33, 3805, 34]),
    ("日本語 ١٢٣ ½", [23274, 115, 40993, 179, 120, 248, 216, 164, 111, 164, 112, 164, 113, 216, 16738]),
    ("\u{4}x", [104]),
    ("y\u{a0}\u{a0}5", [105, 15442, 15442, 37]),
  ]

  @Test(arguments: golden.indices) func goldenVectors(_ index: Int) {
    #expect(tokenizer.encode(Self.golden[index].text) == Self.golden[index].ids)
  }

  @Test func rolesAndTemplate() throws {
    #expect(tokenizer.vocabularySize == 49152 && tokenizer.beginningOfSequence == 1)
    #expect(!tokenizer.addsBeginningOfSequence && tokenizer.endOfTurnTokens == [0, 2])
    let template = try checkpoint.chatTemplate(tokenizer: tokenizer)
    #expect(template.name == "chatml")
    #expect(
      template.defaultSystemPrompt == "You are a helpful AI assistant named SmolLM, trained by Hugging Face")
    // transformers' apply_chat_template, with the tokenizer that tokenizerFiles writes.
    #expect(
      try template.encode([Message(role: "user", content: "Hi, 12!")], with: tokenizer) == [
        1, 9690, 198, 2683, 359, 253, 5356, 5646, 11173, 3365, 3511, 308, 34519, 28, 7018, 411, 407, 19712,
        8182, 2,
        198, 1, 4093, 198, 26843, 28, 216, 33, 34, 17, 2, 198, 1, 520, 9531, 198,
      ])
  }
}
