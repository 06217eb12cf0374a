import Streams

/// Byte-level byte-pair encoding: GPT-2's tokenizer and its descendants (SmolLM, Llama 3, Qwen 2).
///
/// Where llama.cpp and Hugging Face's `tokenizers` differ, this follows the latter, since models are trained with it:
/// bytes without a token are dropped before merging.
public struct ByteLevelBPE: Tokenizer {
  /// As the checkpoint states them; their ids are in the vocabulary.
  public let roles: TokenRoles
  /// How text is split first; no merge crosses its pieces.
  public let preTokenizer: PreTokenizer
  let ignoresMerges: Bool
  /// What stands for bytes without a token; they are left out where there is none.
  private let unknown: UnknownRun
  /// The end of sequence, what the roles name, and control tokens that are known by their text.
  public let endOfTurnTokens: Set<Int32>
  let vocabulary: Vocabulary
  let merges: MergeTable
  let normalization: Normalization
  /// The token of each single byte, -1 where the vocabulary has none.
  private let byteTokens: [Int32]
  /// Whether the merges turn a token's bytes into that token: a piece with these bytes needs no merging then. That
  /// is most pieces of a text, so this stands in for a cache of pieces, without a lock.
  private let isWhole: [Bool]
  private let userDefined: UserDefinedTokens

  /// - Parameters:
  ///   - vocabulary: all tokens, by id.
  ///   - ignoresMerges: whether a piece that is a token as a whole is never merged from bytes.
  ///   - unknown: what stands for bytes without a token.
  /// - Throws: `ToolError` (65) where a role's token is not in the vocabulary.
  init(
    vocabulary: Vocabulary, merges: MergeTable, preTokenizer: PreTokenizer, ignoresMerges: Bool,
    unknown: UnknownRun = UnknownRun(token: nil, isFused: false), normalization: Normalization,
    roles: TokenRoles
  ) throws(ToolError) {
    try roles.check(vocabulary)
    self.unknown = unknown
    self.vocabulary = vocabulary
    self.merges = merges
    self.preTokenizer = preTokenizer
    self.ignoresMerges = ignoresMerges
    self.normalization = normalization
    self.roles = roles
    endOfTurnTokens = roles.endOfTurnTokens(vocabulary)
    let byteTokens = (UInt8.min...UInt8.max).map { byte in
      withUnsafeBytes(of: byte) { vocabulary.id(of: $0) } ?? -1
    }
    self.byteTokens = byteTokens
    isWhole = Self.wholeTokens(vocabulary, merges, byteTokens, ignoresMerges: ignoresMerges)
    userDefined = UserDefinedTokens(vocabulary, normalization)
  }

  /// All tokens, special ones among them.
  public var vocabularySize: Int { vocabulary.count }

  /// The first token from an id on that text may become, nil where there is none.
  public func firstTextToken(from id: Int) -> Int32? { vocabulary.firstTextToken(from: id) }

  /// By the flags of tokenizer.json; GGUF has none.
  public func spaceTaken(by special: Int32) -> (before: Bool, after: Bool) {
    let matching = vocabulary.matching(of: special)
    return (matching.takesSpaceBefore, matching.takesSpaceAfter)
  }

  /// The id of a special token by its text, nil where there is none.
  public func id(ofSpecial text: String) -> Int32? { vocabulary.special(text) }

  /// By id.
  public var templateTokens: [TemplateToken] { vocabulary.templateTokens }

  /// What stands before makes no difference: these vocabularies do not mark the start of a text.
  public func encode(
    _ text: String, after preceding: PrecedingText, without taken: TakenSpace
  ) -> [Int32] {
    var tokens: [Int32] = []
    var queue = MergeQueue()
    userDefined.forEachFragment(of: text, without: taken, normalization) { fragment in
      switch fragment {
      case .token(let id): tokens.append(id)
      case .text(let bytes): encodePlain(bytes, &queue, into: &tokens)
      }
    }
    return tokens
  }

  private func encodePlain(
    _ text: UnsafeRawBufferPointer, _ queue: inout MergeQueue, into tokens: inout [Int32]
  ) {
    preTokenizer.forEachPiece(of: text) { range in
      let piece = UnsafeRawBufferPointer(rebasing: text[range])
      if let id = vocabulary.id(of: piece), isWhole[Int(id)] {
        tokens.append(id)
      } else {
        queue.merge(symbols(of: piece), merges) { id, _ in tokens.append(id) }
      }
    }
  }

  /// The tokens of a piece's bytes.
  private func symbols(of piece: UnsafeRawBufferPointer) -> [Int32] {
    var symbols: [Int32] = []
    symbols.reserveCapacity(piece.count)
    var unknown = unknown
    for byte in piece {
      let id = byteTokens[Int(byte)]
      if id < 0 {
        unknown.add(to: &symbols)
      } else {
        unknown.end(in: &symbols)
        symbols.append(id)
      }
    }
    unknown.end(in: &symbols)
    return symbols
  }

  /// Normal tokens in the byte alphabet, where a space is `Ġ`; others as they are.
  public func vocabularyText(_ id: Int32) -> String {
    vocabulary.kinds[Int(id)] == .normal
      ? ByteAlphabet.string(of: vocabulary.bytes(of: Int(id))) : vocabulary.string(of: Int(id))
  }

  /// Control, unknown and unused tokens stand for no bytes.
  public func decodeBytes(_ tokens: some Sequence<Int32>) -> [UInt8] {
    var bytes: [UInt8] = []
    for token in tokens where token >= 0 && token < vocabulary.count {
      switch vocabulary.kinds[Int(token)] {
      case .normal, .userDefined, .byte: bytes.append(contentsOf: vocabulary.bytes(of: Int(token)))
      case .control, .unknown, .unused: break
      }
    }
    return bytes
  }

  private static func wholeTokens(
    _ vocabulary: Vocabulary, _ merges: MergeTable, _ byteTokens: [Int32], ignoresMerges: Bool
  ) -> [Bool] {
    if ignoresMerges { return vocabulary.kinds.map { $0 == .normal || $0 == .userDefined } }
    var queue = MergeQueue()
    var result: [Int32] = []
    return (0..<vocabulary.count).map { id in
      guard vocabulary.kinds[id] == .normal else { return false }
      result.removeAll(keepingCapacity: true)
      let bytes = vocabulary.bytes(of: id)
      let symbols = bytes.lazy.map { byteTokens[Int($0)] }.filter { $0 >= 0 }
      queue.merge(symbols, merges) { id, _ in result.append(id) }
      return result.count == 1 && result[0] == Int32(id)
    }
  }
}
