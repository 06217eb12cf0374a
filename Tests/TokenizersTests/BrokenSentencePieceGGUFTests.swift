import Checkpoints
import Glibc
import Streams
import TestSupport
import Testing
import Tokenizers

/// Damage to a SentencePiece vocabulary in a GGUF file.
@Suite final class BrokenSentencePieceGGUFTests {
  let sound: [UInt8]
  let directory: TemporaryDirectory

  init() throws {
    sound = try readFile(fixture("tokenizers/sentencepiece-prefixed.gguf"))
    directory = try TemporaryDirectory()
  }

  private func open(_ bytes: [UInt8]) throws -> any Tokenizer {
    let path = try directory.write("model.gguf", bytes)
    defer { unlink(path) }
    return try GGUFFile(path: path).tokenizer()
  }

  /// Where a text lies in the sound file.
  private func place(of text: String) throws -> Range<Int> {
    try #require(sound.firstRange(of: Array(text.utf8)))
  }

  @Test func damageIsNamed() throws {
    // What follows a key: for an array its type, the elements' type, their number as eight bytes, the elements.
    for (key, offset, value, message) in [
      ("tokenizer.ggml.scores", 16, [0, 0, 0xC0, 0x7F], "token 0 has a score of NaN"),
      ("tokenizer.ggml.scores", 4, [5], "not an array of real numbers"),
      ("tokenizer.ggml.scores", -1, [0x7A], "has no scores of tokens"),
      ("tokenizer.ggml.token_type", 16, [9], "unknown type 9"),
      ("tokenizer.ggml.unknown_token_id", 4, [255, 255], "special token 65535, outside"),
    ] as [(String, Int, [UInt8], String)] {
      var bytes = sound
      let start = try place(of: key).upperBound + offset
      bytes.replaceSubrange(start..<(start + value.count), with: value)
      let error = try #require(toolError { _ = try open(bytes) })
      #expect(error.status == .badData && error.position?.file == "\(directory.path)/model.gguf")
      #expect(error.message.contains(message), "\(error)")
    }
  }

  @Test func mutations() throws {
    var state: UInt64 = 20_260_701
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    for _ in 0..<1000 {
      var bytes = sound
      for _ in 0...next(3) { bytes[next(bytes.count)] ^= 1 << UInt8(next(8)) }
      let error = toolError {
        let tokenizer = try open(bytes)
        _ = tokenizer.decode(tokenizer.encode("Would the answer change? <bos> 12\n\n é😊"))
        _ = try tokenizer.tokenizerJSON()
      }
      #expect(error == nil || error?.status == .badData, "\(String(describing: error))")
    }
  }
}
