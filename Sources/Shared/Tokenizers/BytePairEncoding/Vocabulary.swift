import Streams

/// What a token is for (numbers as in GGUF's `tokenizer.ggml.token_type`).
enum TokenKind: UInt8, Sendable {
  case normal = 1
  case unknown = 2
  /// Written only by templates, never found in text.
  case control = 3
  /// Found in text before anything else is split.
  case userDefined = 4
  case unused = 5
  case byte = 6
}

/// How a vocabulary writes its normal tokens.
enum TokenSpelling {
  /// In GPT-2's alphabet of bytes.
  case byteAlphabet
  /// As they are; U+2581 stands for a space (SentencePiece).
  case plain
}

/// The tokens of a vocabulary, with a look-up from bytes to id. The bytes lie in one array, and the look-up
/// is a table of ids: 10⁵ strings as keys of a dictionary would take most of a tool's start-up time.
struct Vocabulary: Sendable {
  /// More than any published vocabulary has; keeps ids well within Int32.
  static let maximumCount = 1 << 24

  let spelling: TokenSpelling
  /// The bytes of all tokens, one after the other.
  private var bytes: [UInt8] = []
  /// Where each token ends in `bytes`; its start is the end before.
  private var ends: [Int] = [0]
  private(set) var kinds: [TokenKind] = []
  /// Ids by hash of their bytes, open addressing; -1 marks free places. Only of the kinds that `index` names.
  private var table: [Int32] = []
  /// Ids of control, unknown and user-defined tokens by their text.
  private var specials: [ExactText: Int32] = [:]
  /// How tokens are found that are not found as most are.
  private var matchings: [Int32: TokenMatching] = [:]
  /// Tokens that were added to those of the model: they are found in text as a whole, never by merging.
  private var beyondModel: Set<Int32> = []
  /// The length in bytes of the longest token that `id(of:)` finds.
  private(set) var longestTokenFound = 0

  init(_ spelling: TokenSpelling) { self.spelling = spelling }

  var count: Int { kinds.count }

  mutating func reserve(_ count: Int) {
    ends.reserveCapacity(count + 1)
    kinds.reserveCapacity(count)
    bytes.reserveCapacity(8 * count)
  }

  /// Appends the token with the next id. `text` is as vocabularies write it: normal tokens in the vocabulary's
  /// spelling, the others plain.
  mutating func append(_ text: UnsafeRawBufferPointer, _ kind: TokenKind) {
    if kind == .normal, spelling == .byteAlphabet {
      ByteAlphabet.appendBytes(of: text, to: &bytes)
    } else {
      bytes.append(contentsOf: text)
    }
    ends.append(bytes.count)
    kinds.append(kind)
  }

  /// The bytes of a token, which must exist.
  func bytes(of id: Int) -> ArraySlice<UInt8> { bytes[ends[id]..<ends[id + 1]] }

  func string(of id: Int) -> String { String(decoding: bytes(of: id), as: UTF8.self) }

  /// Makes the tokens with these texts control tokens, however the file types them: some files call the markers of
  /// chat templates normal or user-defined, and then a data set's text could write them (llama.cpp overrides too).
  mutating func markAsControl(_ texts: Set<String>) {
    for id in 0..<count where kinds[id] != .control && bytes(of: id).first == UInt8(ascii: "<") {
      if texts.contains(string(of: id)) { kinds[id] = .control }
    }
  }

  /// Builds the look-ups, once all tokens are there and have their kinds.
  /// - Parameter found: the kinds of tokens that `id(of:)` finds.
  mutating func index(found: Set<TokenKind> = [.normal]) {
    var size = 16
    while size < 2 * count { size *= 2 }
    table = [Int32](repeating: -1, count: size)
    for id in 0..<count {
      if found.contains(kinds[id]), ends[id] < ends[id + 1], !beyondModel.contains(Int32(id)) {
        insert(Int32(id))
        longestTokenFound = max(longestTokenFound, ends[id + 1] - ends[id])
      }
      switch kinds[id] {
      case .control, .unknown, .userDefined: specials[ExactText(string(of: id))] = Int32(id)
      default: break
      }
    }
  }

  /// A control, unknown or user-defined token by its text, nil where there is none.
  func special(_ text: String) -> Int32? { specials[ExactText(text)] }

  /// All of these, by id.
  var specialTokens: [(text: String, id: Int32)] {
    specials.map { ($0.key.text, $0.value) }.sorted { $0.id < $1.id }
  }

  /// The same as they are found in what templates write.
  var templateTokens: [TemplateToken] {
    specialTokens.map { text, id in
      let matching = matching(of: id)
      return TemplateToken(
        text: text, id: id, isText: kinds[Int(id)] == .userDefined, isSingleWord: matching.isSingleWord,
        isNormalized: matching.isNormalized)
    }
  }

  /// The first token from an id on that text may become, nil where there is none.
  func firstTextToken(from id: Int) -> Int32? {
    guard id < count else { return nil }
    return (id..<count).first { ![.control, .unused].contains(kinds[$0]) && !bytes(of: $0).isEmpty }
      .map { Int32($0) }
  }

  /// How a token is found in text.
  func matching(of id: Int32) -> TokenMatching { matchings[id] ?? .plain }

  mutating func setBeyondModel(_ id: Int32) { beyondModel.insert(id) }

  mutating func setMatching(_ matching: TokenMatching, of id: Int32) {
    matchings[id] = matching == .plain ? nil : matching
  }

  private mutating func insert(_ id: Int32) {
    let text = bytes(of: Int(id))
    var place = text.withUnsafeBytes(Self.hash) & (table.count - 1)
    // A later token of the same bytes takes the place, as in llama.cpp.
    while table[place] >= 0, bytes(of: Int(table[place])) != text { place = (place + 1) & (table.count - 1) }
    // An added token that repeats a normal one is found by itself, not by merging.
    if table[place] >= 0, kinds[Int(table[place])] == .normal, kinds[Int(id)] != .normal { return }
    table[place] = id
  }

  /// The token with these bytes, nil where there is none.
  func id(of text: UnsafeRawBufferPointer) -> Int32? {
    guard !text.isEmpty else { return nil }
    return bytes.withUnsafeBytes { all in
      var place = Self.hash(text) & (table.count - 1)
      while table[place] >= 0 {
        let id = Int(table[place])
        let start = ends[id]
        let candidate = UnsafeRawBufferPointer(rebasing: all[start..<ends[id + 1]])
        if candidate.count == text.count, candidate.elementsEqual(text) { return table[place] }
        place = (place + 1) & (table.count - 1)
      }
      return nil
    }
  }

  /// FNV-1a, folded so that the low bits, which choose the place, depend on all.
  private static func hash(_ text: UnsafeRawBufferPointer) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return Int(truncatingIfNeeded: (hash ^ hash >> 32) & 0x7FFF_FFFF)
  }
}
