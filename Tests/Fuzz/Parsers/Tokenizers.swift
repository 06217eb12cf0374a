import Cases
import Checkpoints
import Streams
import TestSupport
import Tokenizers

extension FuzzTarget {
  /// tokenizer.json; after NUL bytes tokenizer_config.json and generation_config.json.
  static let tokenizer = FuzzTarget("tokenizer") {
    let model = fixture("tiny-llama/hf")
    let names = ["tokenizer.json", "tokenizer_config.json", "generation_config.json"]
    let directory = MemoryDirectory(
      names,
      links: [
        "config.json": "\(model)/config.json", "model.safetensors": "\(model)/model.safetensors",
      ])
    let checkpoint = try ModelCheckpoint(path: directory.path)
    return { bytes in
      directory.replace(with: bytes)
      try use(checkpoint)
    }
  }

  private static let texts = [
    "Hello, world! It's 12345678 o'clock.", " two  spaces\n\n\tand lines \r\n ",
    "é e\u{301} ﬁ 日本語 🙂 \u{10FFFF}",
    "<|im_start|>user ▁<0x0A></s>", "\u{0}\u{7F}'S 'lL \u{AD}\u{200D}", "",
  ]
  private static let conversation = [
    Message(role: "system", content: " Be <s>brief.\n"), Message(role: "user", content: "Why? <|im_end|>"),
    Message(role: "assistant", content: "So."), Message(role: "user", content: ""),
  ]

  /// The tokenizer and the template of a checkpoint.
  static func use(_ checkpoint: ModelCheckpoint) throws {
    let tokenizer = try checkpoint.tokenizer()
    use(tokenizer)
    let template = try checkpoint.chatTemplate(tokenizer: tokenizer)
    attempt { _ = try template.encode(conversation, prefill: "A", with: tokenizer) }
    attempt { _ = try template.endOfTurn(with: tokenizer) }
    _ = (template.record, try template.identity())
    attempt { _ = try checkpoint.tokenizerFiles(tokenizer, chatTemplate: template) }
  }

  /// Text to tokens and back, prompts, and the tokenizer as other programs read it.
  static func use(_ tokenizer: any Tokenizer) {
    let size = Int32(tokenizer.vocabularySize)
    // What added tokens are made of is what makes them.
    let own = (0..<min(size, 8)).map { tokenizer.vocabularyText($0) } + tokenizer.templateTokens.map(\.text)
    for text in texts + [own.joined(), own.joined(separator: " ")] {
      let ids = tokenizer.encode(text)
      precondition(ids.allSatisfy { 0..<size ~= $0 }, "an id outside the vocabulary")
      _ = tokenizer.decode(ids)
      _ = tokenizer.encode(text, after: .specialToken, without: TakenSpace(atStart: true, atEnd: true))
    }
    _ = tokenizer.decodeBytes([-1, 0, size - 1, size, .max])
    _ = (tokenizer.firstTextToken(from: 2), tokenizer.endOfTurnTokens, tokenizer.lossesInGGUF)
    for token in tokenizer.templateTokens {
      _ = (tokenizer.id(ofSpecial: token.text), tokenizer.spaceTaken(by: token.id))
    }
    for name in ChatTemplate.Name.allCases {
      attempt { _ = try ChatTemplate(name).encode(conversation, prefill: " (", with: tokenizer) }
      attempt { _ = try ChatTemplate(name).endOfTurn(with: tokenizer) }
    }
    attempt { _ = try tokenizer.tokenizerJSON() }
    attempt { _ = try tokenizer.ggufEntries(vocabularySize: tokenizer.vocabularySize + 2) }
  }
}
