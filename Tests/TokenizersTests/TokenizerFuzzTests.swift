import Checkpoints
import Glibc
import Streams
import Testing
import Tokenizers

/// A file that Tests/Reference/tokenizer_fuzz.py made: a model, texts, and what a reference makes of them.
private let fuzzPath = getenv("CF_TOKENIZER_FUZZ").map { String(cString: $0) }

/// Ids and texts of a real model's vocabulary, against the reference's.
@Suite(.enabled(if: fuzzPath != nil, "CF_TOKENIZER_FUZZ does not name a file of tokenizer_fuzz.py"))
struct TokenizerFuzzTests {
  let document: JSON
  let tokenizer: any Tokenizer

  init() throws {
    document = try JSON.parse(file: try #require(fuzzPath))
    tokenizer = try GGUFFile(path: try #require(document["model"]?.string)).tokenizer()
  }

  private func idLists(_ key: String) throws -> [[Int32]] {
    try #require(document[key]?.array).map { ($0.array ?? []).compactMap { $0.integer.map(Int32.init) } }
  }

  private func check(_ tokenizer: some Tokenizer) throws {
    let texts = try #require(document["texts"]?.array).compactMap(\.string)
    let ids = try idLists("ids")
    #expect(texts.count >= 10_000 && texts.count == ids.count)
    for (text, ids) in zip(texts, ids) {
      #expect(tokenizer.encode(text) == ids, "\(text.debugDescription)")
    }
  }

  @Test func idsOfTexts() throws {
    try check(tokenizer)
  }

  /// The bytes that the reference gives back, in hexadecimal digits.
  @Test func textsOfIDs() throws {
    let lists = try idLists("decoded_ids")
    let bytes = try #require(document["decoded_bytes"]?.array).compactMap(\.string)
    #expect(lists.count >= 10_000 && lists.count == bytes.count)
    for (ids, bytes) in zip(lists, bytes) {
      let decoded = tokenizer.decodeBytes(ids).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      #expect(decoded == bytes, "\(ids)")
    }
  }

  /// The tokenizer.json that is written, read back; the script reads it with `tokenizers` too.
  @Test func writtenTokenizer() throws {
    let bytes = try tokenizer.tokenizerJSON()
    if let path = document["export"]?.string {
      let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
      defer { close(descriptor) }
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        try #require(count > 0)
        rest = rest.dropFirst(count)
      }
    }
    let json = try #require(try JSON.parse(bytes).object)
    if tokenizer is SentencePieceBPE {
      let configuration: JSONObject = ["unk_token": "<unk>"]
      try check(try SentencePieceBPE(tokenizerJSON: json, configuration: configuration, generation: [:]))
    } else {
      try check(try ByteLevelBPE(tokenizerJSON: json, configuration: [:], generation: [:]))
    }
  }
}
