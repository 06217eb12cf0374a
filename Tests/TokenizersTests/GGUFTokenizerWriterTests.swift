import Checkpoints
import Foundation
import Streams
import TestSupport
import Testing
import Tokenizers

/// Tokenizers written as GGUF metadata are read again as tokenizers of the same ids.
@Suite struct GGUFTokenizerWriterTests {
  /// What a file with this metadata and no tensors holds.
  private func file(_ entries: [GGUFEntry]) throws -> GGUFFile {
    let path = FileManager.default.temporaryDirectory.appending(path: "tokenizer-\(UUID()).gguf").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let output = try OutputFile(path: path)
    try GGUFWriter(output, entries: entries, tensors: []).finish()
    try output.finish()
    return try GGUFFile(path: path)
  }

  @Test(arguments: ["smollm", "gpt-2", "llama-bpe", "qwen2"]) func byteLevel(_ name: String) throws {
    let reference = try TokenizerFixture(name)
    let tokenizer = try reference.tokenizer(configuration: ["eos_token": "<|im_end|>"])
    let size = tokenizer.vocabularySize + 3
    let written = try file(tokenizer.ggufEntries(vocabularySize: size))
    let found = try written.tokenizer()
    #expect(found.vocabularySize == size && found.endOfSequence == tokenizer.endOfSequence)
    #expect(found.endOfSequence != nil && found.addsBeginningOfSequence == tokenizer.addsBeginningOfSequence)
    var compared = 0
    for (text, ids) in zip(reference.texts, reference.ids) {
      // GGUF has no normalization.
      if !tokenizer.lossesInGGUF.isEmpty,
        text.precomposedStringWithCanonicalMapping.utf8.elementsEqual(text.utf8) == false
      {
        continue
      }
      compared += 1
      #expect(found.encode(text) == ids, "\(name): \(text.debugDescription)")
      #expect(found.decodeBytes(ids) == tokenizer.decodeBytes(ids))
    }
    #expect(compared > 250)
    #expect(tokenizer.lossesInGGUF.isEmpty == (name != "qwen2"))
    // All tokens differ, and those beyond the tokenizer's are there: llama.cpp insists on both.
    var tokens = Set<[UInt8]>()
    written.forEachString("tokenizer.ggml.tokens") { tokens.insert(Array($0)) }
    #expect(tokens.count == size)
  }

  @Test(arguments: SentencePieceBPETests.names) func sentencePiece(_ name: String) throws {
    let reference = try SentencePieceBPETests.Fixture(name)
    let tokenizer = reference.tokenizer
    let written = try file(tokenizer.ggufEntries(vocabularySize: tokenizer.vocabularySize))
    let found = try written.tokenizer()
    #expect(found.roles.unknown == tokenizer.roles.unknown)
    // Metaspace marks the first text only, and never twice; GGUF has no words for that.
    let isMetaspace = name == "metaspace"
    var compared = 0
    #expect(tokenizer.lossesInGGUF.count == (isMetaspace ? 2 : 0))
    for (text, ids) in zip(reference.texts, reference.ids) {
      if isMetaspace, text.hasPrefix(" ") || text.contains("<h1>") { continue }
      // Only tokenizer.json tells a mark in the text from a space.
      if text.contains("\u{2581}") { continue }
      compared += 1
      #expect(found.encode(text) == ids, "\(name): \(text.debugDescription)")
    }
    #expect(compared > 250)
  }

  @Test func aPreTokenizerWithoutANameIsRefused() throws {
    let tokenizer = try TokenizerFixture("mixed").tokenizer()
    let error = toolError { _ = try tokenizer.ggufEntries(vocabularySize: tokenizer.vocabularySize) }
    #expect(error?.status == .badData && error?.message.contains("GGUF has no name for") == true)
  }

  @Test func rolesThatAreNotThereAreNotWritten() throws {
    let tokenizer = try TokenizerFixture("gpt-2").tokenizer()
    let written = try file(tokenizer.ggufEntries(vocabularySize: tokenizer.vocabularySize))
    #expect(try written.integer("tokenizer.ggml.bos_token_id") == nil)
    #expect(try written.bool("tokenizer.ggml.add_bos_token") == false)
    #expect(try written.string("tokenizer.ggml.pre") == "gpt-2")
  }
}
