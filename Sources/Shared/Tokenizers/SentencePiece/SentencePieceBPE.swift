import Streams

/// SentencePiece's byte-pair encoding with a token for every byte, which stands in for characters that the vocabulary
/// lacks: the tokenizer of Llama 2 and Gemma.
///
/// Text is not split into pieces first: merges run over all of it, up to user-defined tokens. As in
/// SentencePiece, and unlike llama.cpp, merges never end in a control or byte token, so plain text never
/// becomes one.
public struct SentencePieceBPE: Tokenizer {
  /// In which order neighbours join.
  enum Merging: Sendable {
    /// By the scores of what they join into, as ranks of all tokens (GGUF).
    case scores([Int32])
    /// By a list of merges (tokenizer.json).
    case list(MergeTable)
  }

  /// As the checkpoint states them; their ids are in the vocabulary.
  public let roles: TokenRoles
  /// The end of sequence, what the roles name, and control tokens that are known by their text.
  public let endOfTurnTokens: Set<Int32>
  let vocabulary: Vocabulary
  let merging: Merging
  let normalization: Normalization
  let spaces: SpaceMarking
  /// Whether a text that is decoded loses one leading space, which encoding put there.
  let dropsLeadingSpace: Bool
  /// Whether neighbouring characters without tokens for their bytes are one unknown token.
  let fusesUnknown: Bool
  /// What stands for them; nil where they are left out.
  private let unknown: Int32?
  /// The token of each byte, -1 where the vocabulary has none.
  private let byteTokens: [Int32]
  private let userDefined: UserDefinedTokens

  /// - Parameter vocabulary: all tokens, by id, found by all kinds that plain text may become.
  /// - Throws: `ToolError` (65) where a role's token is not in the vocabulary.
  init(
    vocabulary: Vocabulary, merging: Merging, normalization: Normalization, spaces: SpaceMarking,
    dropsLeadingSpace: Bool, fusesUnknown: Bool, unknown: Int32?, roles: TokenRoles
  ) throws(ToolError) {
    try roles.check(vocabulary)
    self.vocabulary = vocabulary
    self.merging = merging
    self.normalization = normalization
    self.spaces = spaces
    self.dropsLeadingSpace = dropsLeadingSpace
    self.fusesUnknown = fusesUnknown
    self.unknown = unknown
    self.roles = roles
    endOfTurnTokens = roles.endOfTurnTokens(vocabulary)
    var byteTokens = [Int32](repeating: -1, count: 256)
    for id in 0..<vocabulary.count where vocabulary.kinds[id] == .byte {
      if let byte = ByteToken.value(of: vocabulary.bytes(of: id)) { byteTokens[Int(byte)] = Int32(id) }
    }
    self.byteTokens = byteTokens
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

  /// Spaces as the vocabulary marks them, `▁`.
  public func vocabularyText(_ id: Int32) -> String { vocabulary.string(of: Int(id)) }

  /// Whether a space is put before the text depends on what stands before it.
  public func encode(
    _ text: String, after preceding: PrecedingText, without taken: TakenSpace
  ) -> [Int32] {
    var tokens: [Int32] = []
    var queue = MergeQueue()
    var marked: [UInt8] = []
    var preceding = preceding
    userDefined.forEachFragment(of: text, without: taken, normalization) { fragment in
      switch fragment {
      case .token(let id): tokens.append(id)
      case .text(let bytes):
        spaces.apply(to: bytes, after: preceding, into: &marked)
        marked.withUnsafeBytes { encodeMarked($0, &queue, into: &tokens) }
      }
      preceding = .specialToken
    }
    return tokens
  }

  private func encodeMarked(
    _ text: UnsafeRawBufferPointer, _ queue: inout MergeQueue, into tokens: inout [Int32]
  ) {
    let offsets = Self.characterOffsets(text)
    func bytes(_ span: Range<Int>) -> UnsafeRawBufferPointer {
      UnsafeRawBufferPointer(rebasing: text[offsets[span.lowerBound]..<offsets[span.upperBound]])
    }
    let characters = 0..<(offsets.count - 1)
    switch merging {
    case .scores(let ranks):
      let rules = ScoreMerges(vocabulary: vocabulary, ranks: ranks, text: text, offsets: offsets)
      queue.merge(characters.lazy.map { vocabulary.id(of: bytes($0..<($0 + 1))) ?? -1 }, rules) { id, span in
        if id >= 0 { tokens.append(id) } else { appendBytes(bytes(span), to: &tokens) }
      }
    case .list(let table):
      var initial: [Int32] = []
      var unknown = UnknownRun(token: self.unknown, isFused: fusesUnknown)
      for index in characters {
        let character = bytes(index..<(index + 1))
        if let id = vocabulary.id(of: character) {
          unknown.end(in: &initial)
          initial.append(id)
        } else if character.allSatisfy({ byteTokens[Int($0)] >= 0 }) {
          initial += character.lazy.map { byteTokens[Int($0)] }
        } else {
          unknown.add(to: &initial)
        }
      }
      unknown.end(in: &initial)
      queue.merge(initial, table) { id, _ in tokens.append(id) }
    }
  }

  /// Appends the tokens of a character that has none of its own: of its bytes, or the unknown token.
  private func appendBytes(_ character: UnsafeRawBufferPointer, to tokens: inout [Int32]) {
    if character.allSatisfy({ byteTokens[Int($0)] >= 0 }) {
      tokens += character.lazy.map { byteTokens[Int($0)] }
    } else if let unknown, !(fusesUnknown && tokens.last == unknown) {
      tokens.append(unknown)
    }
  }

  /// Where each code point of UTF-8 text starts, and the text's length.
  private static func characterOffsets(_ text: UnsafeRawBufferPointer) -> [Int] {
    text.indices.filter { text[$0] & 0xC0 != 0x80 } + [text.count]
  }

  /// Marks become spaces, and a leading space that encoding has put there goes. Control, unknown and unused
  /// tokens stand for no bytes.
  public func decodeBytes(_ tokens: some Sequence<Int32>) -> [UInt8] {
    var bytes: [UInt8] = []
    for token in tokens where token >= 0 && token < vocabulary.count {
      let text = vocabulary.bytes(of: Int(token))
      switch vocabulary.kinds[Int(token)] {
      case .normal, .userDefined: appendUnmarked(text, to: &bytes)
      case .byte: if let byte = ByteToken.value(of: text) { bytes.append(byte) }
      case .control, .unknown, .unused: break
      }
    }
    if dropsLeadingSpace, bytes.first == UInt8(ascii: " ") { bytes.removeFirst() }
    return bytes
  }

  private func appendUnmarked(_ text: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
    var rest = text
    while let first = rest.first {
      if rest.starts(with: SpaceMarking.mark) {
        bytes.append(UInt8(ascii: " "))
        rest = rest.dropFirst(SpaceMarking.mark.count)
      } else {
        bytes.append(first)
        rest = rest.dropFirst()
      }
    }
  }
}
