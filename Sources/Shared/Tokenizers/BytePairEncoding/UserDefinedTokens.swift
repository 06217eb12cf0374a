/// Finds user-defined tokens (Hugging Face's added tokens that are not special) in text before it is split
/// further: at each place the longest that fits, from left to right, as `tokenizers` does
/// (added_vocabulary.rs). Those that are looked for in normalized text come after the others, in what these
/// have left.
struct UserDefinedTokens: Sendable {
  enum Fragment {
    case token(Int32)
    /// Bytes without such a token, valid during the call only.
    case text(UnsafeRawBufferPointer)
  }

  private struct Candidate {
    var text: [UInt8]
    var id: Int32
    var matching: TokenMatching
  }

  /// Tokens by their first byte, longest first.
  private struct Finder {
    private var candidates = [[Candidate]](repeating: [], count: 256)
    private var isEmpty = true

    init(_ tokens: [Candidate]) {
      for token in tokens {
        guard let first = token.text.first else { continue }
        candidates[Int(first)].append(token)
        isEmpty = false
      }
      for first in candidates.indices { candidates[first].sort { $0.text.count > $1.text.count } }
    }

    func split(_ text: UnsafeRawBufferPointer, _ taken: TakenSpace, _ body: (Fragment) -> Void) {
      func emit(_ range: Range<Int>) {
        if !range.isEmpty { body(.text(UnsafeRawBufferPointer(rebasing: text[range]))) }
      }
      /// Where the text begins that no token has taken.
      var start = taken.atStart ? UTF8Scan.spaceEnd(text, from: 0) : 0
      var position = 0
      while !isEmpty, position < text.count {
        let rest = text[position...]
        guard let found = candidates[Int(text[position])].first(where: { rest.starts(with: $0.text) }) else {
          position += 1
          continue
        }
        let end = position + found.text.count
        defer { position = end }
        if found.matching.isSingleWord,
          UTF8Scan.isWord(UTF8Scan.scalar(before: position, text))
            || UTF8Scan.isWord(UTF8Scan.scalar(at: end, text))
        {
          continue
        }
        let matching = found.matching
        // The token before may have taken that space, or this token with it.
        let from =
          matching.takesSpaceBefore ? max(UTF8Scan.spaceStart(text, before: position), start) : position
        let to = matching.takesSpaceAfter ? UTF8Scan.spaceEnd(text, from: end) : end
        if from == to { continue }
        if start < from { emit(start..<from) }
        body(.token(found.id))
        start = to
      }
      let end = taken.atEnd ? UTF8Scan.spaceStart(text, before: text.count) : text.count
      if start < end { emit(start..<end) }
    }
  }

  private let plain: Finder
  private let normalized: Finder

  /// - Parameter normalization: of text, and of the tokens that are looked for in normalized text.
  init(_ vocabulary: Vocabulary, _ normalization: Normalization) {
    var plain: [Candidate] = []
    var normalized: [Candidate] = []
    for (_, id) in vocabulary.specialTokens where vocabulary.kinds[Int(id)] == .userDefined {
      let matching = vocabulary.matching(of: id)
      // One that is no text must not be found within a character.
      guard let text = String(validating: vocabulary.bytes(of: Int(id)), as: UTF8.self) else { continue }
      if matching.isNormalized {
        let text = Array(normalization.apply(to: text).utf8)
        normalized.append(Candidate(text: text, id: id, matching: matching))
      } else {
        plain.append(Candidate(text: Array(text.utf8), id: id, matching: matching))
      }
    }
    self.plain = Finder(plain)
    self.normalized = Finder(normalized)
  }

  /// Calls `body` with the fragments of a text in turn; what is no token is normalized by itself.
  func forEachFragment(
    of text: String, without taken: TakenSpace, _ normalization: Normalization, _ body: (Fragment) -> Void
  ) {
    var text = text
    text.withUTF8 { bytes in
      plain.split(UnsafeRawBufferPointer(bytes), taken) { fragment in
        guard case .text(let rest) = fragment else { return body(fragment) }
        if normalization.isEmpty { return normalized.split(rest, TakenSpace(), body) }
        var text = normalization.apply(to: String(decoding: rest, as: UTF8.self))
        text.withUTF8 { normalized.split(UnsafeRawBufferPointer($0), TakenSpace(), body) }
      }
    }
  }
}
