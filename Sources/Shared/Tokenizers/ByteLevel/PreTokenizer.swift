import Streams

/// How text is split into pieces before byte-pair encoding; merges never cross a piece's end. A list of rules, each
/// applied within the pieces that the ones before left (llama.cpp's llama-vocab.cpp and unicode.cpp, and the
/// `pre_tokenizer` of tokenizer.json).
public struct PreTokenizer: Sendable, Equatable {
  /// A regular expression, written by hand here, at whose matches text is split.
  enum Rule: Sendable, Equatable {
    /// Single numbers, `\p{N}`.
    case singleDigits
    /// Runs of numbers, `\p{N}+`.
    case digitRuns
    /// GPT-2's.
    case gpt2
    /// Llama 3's: contractions in any case, digits in groups of three.
    case llama3
    /// As Llama 3's, but single digits.
    case qwen2
  }

  let rules: [Rule]

  init(_ rules: [Rule]) { self.rules = rules }

  /// The rules by GGUF's names (`tokenizer.ggml.pre`); the first of each is the one that is written.
  private static let named: [(names: [String], rules: [Rule])] = [
    (["smollm", "starcoder", "refact", "command-r", "codeshell"], [.singleDigits, .gpt2]),
    (["gpt-2", "phi-2", "mpt", "olmo", "jais"], [.gpt2]),
    (["llama-bpe", "llama3", "llama-v3"], [.llama3]),
    (["qwen2", "deepseek-r1-qwen"], [.qwen2]),
  ]

  /// The names that are written, for messages.
  static let ggufNames = named.map { $0.names[0] }.joined(separator: ", ")

  /// The pre-tokenizer by the name in GGUF's `tokenizer.ggml.pre`. Throws `ToolError` (65) naming the known ones.
  init(ggufName: String?) throws(ToolError) {
    let known = "known are: \(Self.ggufNames)"
    guard let ggufName else {
      throw .badData("does not name its pre-tokenizer (key \"tokenizer.ggml.pre\"); \(known)")
    }
    guard let entry = Self.named.first(where: { $0.names.contains(ggufName) }) else {
      throw .badData("has the unknown pre-tokenizer \"\(ggufName)\"; \(known)")
    }
    rules = entry.rules
  }

  /// The name in GGUF's `tokenizer.ggml.pre`, nil where GGUF has none for these rules.
  public var ggufName: String? { Self.named.first { $0.rules == rules }?.names[0] }

  /// Whether vocabularies with these rules take a piece that is a token as a whole without merging; tokenizer.json
  /// says so itself, GGUF does not.
  var ignoresMergesInGGUF: Bool { rules == [.llama3] }

  /// Whether GGUF files without `tokenizer.ggml.add_bos_token` add it.
  var addsBeginningOfSequenceByDefault: Bool { rules == [.llama3] }

  /// Calls `body` with each piece of the text in turn, as ranges of its UTF-8 bytes. Together they are the text.
  func forEachPiece(of text: UnsafeRawBufferPointer, _ body: (Range<Int>) -> Void) {
    let scalars = ScalarClasses(text)
    split(scalars, 0..<scalars.count, rules[...]) {
      body(scalars.offsets[$0.lowerBound]..<scalars.offsets[$0.upperBound])
    }
  }

  private func split(
    _ scalars: ScalarClasses, _ range: Range<Int>, _ rules: ArraySlice<Rule>, _ body: (Range<Int>) -> Void
  ) {
    guard let rule = rules.first else {
      if !range.isEmpty { body(range) }
      return
    }
    var start = range.lowerBound
    func emit(_ end: Int) {
      split(scalars, start..<end, rules.dropFirst(), body)
      start = end
    }
    // Look-ahead sees a piece's end as the end of text.
    switch rule {
    case .singleDigits, .digitRuns:
      while start < range.upperBound {
        let isNumber = scalars.classes[start] == .number
        let isSingle = isNumber && rule == .singleDigits
        emit(isSingle ? start + 1 : scalars.runEnd(start, range.upperBound) { ($0 == .number) == isNumber })
      }
    case .gpt2: GPT2Splitter(scalars, end: range.upperBound).split(from: start, emit)
    case .llama3: Llama3Splitter(scalars, end: range.upperBound, digitGroup: 3).split(from: start, emit)
    case .qwen2: Llama3Splitter(scalars, end: range.upperBound, digitGroup: 1).split(from: start, emit)
    }
  }
}
