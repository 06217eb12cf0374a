import Checkpoints
import Glibc
import Streams
import TestSupport
import Testing
import Tokenizers

/// Damage to the tokenizer's metadata in a GGUF file.
@Suite final class BrokenGGUFTokenizerTests {
  let sound: [UInt8]
  let directory: TemporaryDirectory

  init() throws {
    sound = try readFile(fixture("tiny-llama/tiny-llama-q8_0.gguf"))
    directory = try TemporaryDirectory()
  }

  private func open(_ bytes: [UInt8]) throws -> any Tokenizer {
    let path = try directory.write("model.gguf", bytes)
    defer { unlink(path) }
    return try ModelCheckpoint(path: path).tokenizer()
  }

  /// Where a text lies in the sound file.
  private func place(of text: String) throws -> Range<Int> {
    try #require(sound.firstRange(of: Array(text.utf8)))
  }

  static let replacements: [(old: String, new: String, message: String)] = [
    ("smollm", "smolly", "unknown pre-tokenizer \"smolly\"; known are: smollm, gpt-2, llama-bpe, qwen2"),
    ("tokenizer.ggml.pre", "tokenizer.ggml.prx", "does not name its pre-tokenizer"),
    ("gpt2", "bert", "tokenizer model \"bert\""),
    ("tokenizer.ggml.tokens", "tokenizer.ggml.tokenz", "has no vocabulary"),
    ("tokenizer.ggml.merges", "tokenizer.ggml.tokens", "\"tokenizer.ggml.tokens\" twice"),
    ("Ġt he", "Ġt hx", "has a token that is not in the vocabulary"),
    ("Ġt he", "Ġt_he", "is no pair of tokens"),
  ]

  @Test(arguments: replacements.indices) func replacementIsRefused(_ index: Int) throws {
    let (old, new, message) = Self.replacements[index]
    var bytes = sound
    bytes.replaceSubrange(try place(of: old), with: Array(new.utf8))
    let error = try #require(toolError { _ = try open(bytes) })
    #expect(error.status == .badData && error.position?.file == "\(directory.path)/model.gguf")
    #expect(error.message.contains(message), "\(error)")
  }

  @Test func foreignRolesAndTypes() throws {
    for (key, value, message) in [
      ("tokenizer.ggml.eos_token_id", [0x20, 2, 0, 0], "special token 544, outside"),
      ("tokenizer.ggml.bos_token_id", [255, 255, 255, 255], "is 4294967295"),
      // The first element of the array of types: type, length, element.
      ("tokenizer.ggml.token_type", [5, 0, 0, 0, 0x20, 2, 0, 0, 0, 0, 0, 0, 9], "unknown type 9"),
    ] as [(String, [UInt8], String)] {
      var bytes = sound
      let start = try place(of: key).upperBound + 4
      bytes.replaceSubrange(start..<(start + value.count), with: value)
      let error = try #require(toolError { _ = try open(bytes) })
      #expect(error.message.contains(message), "\(error)")
    }
  }

  @Test func mutations() throws {
    var state: UInt64 = 20_260_630
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    let header = try place(of: "token_embd.weight").lowerBound
    for _ in 0..<1000 {
      var bytes = sound
      for _ in 0...next(3) { bytes[next(header)] ^= 1 << UInt8(next(8)) }
      let error = toolError {
        let tokenizer = try open(bytes)
        _ = tokenizer.decode(tokenizer.encode("Would the answer change? <|im_end|> 12\n\n é😊"))
      }
      #expect(error == nil || error?.status == .badData, "\(String(describing: error))")
    }
  }
}
