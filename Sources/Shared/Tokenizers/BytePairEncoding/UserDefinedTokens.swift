/// Finds user-defined tokens (Hugging Face's added tokens that are not special) in text before it is split further:
/// at each place the longest that fits, from left to right.
struct UserDefinedTokens: Sendable {
  enum Fragment {
    case token(Int32)
    /// Bytes without such a token, valid during the call only.
    case text(UnsafeRawBufferPointer)
  }

  /// The tokens by their first byte, longest first.
  private var candidates = [[(text: [UInt8], id: Int32)]](repeating: [], count: 256)
  private var isEmpty = true

  init(_ vocabulary: Vocabulary) {
    for id in vocabulary.specials.values where vocabulary.kinds[Int(id)] == .userDefined {
      let text = Array(vocabulary.bytes(of: Int(id)))
      // One that is no text must not be found within a character.
      guard let first = text.first, String(validating: text, as: UTF8.self) != nil else { continue }
      candidates[Int(first)].append((text, id))
      isEmpty = false
    }
    for first in candidates.indices { candidates[first].sort { $0.text.count > $1.text.count } }
  }

  /// Calls `body` with the fragments of a text in turn; what is no token is normalized by itself.
  func forEachFragment(of text: String, _ normalization: Normalization, _ body: (Fragment) -> Void) {
    var text = text
    text.withUTF8 { bytes in
      split(UnsafeRawBufferPointer(bytes)) { fragment in
        guard case .text(let plain) = fragment, !normalization.isEmpty else { return body(fragment) }
        var normalized = normalization.apply(to: String(decoding: plain, as: UTF8.self))
        normalized.withUTF8 { body(.text(UnsafeRawBufferPointer($0))) }
      }
    }
  }

  private func split(_ text: UnsafeRawBufferPointer, _ body: (Fragment) -> Void) {
    func emit(_ range: Range<Int>) {
      if !range.isEmpty { body(.text(UnsafeRawBufferPointer(rebasing: text[range]))) }
    }
    var start = 0
    var position = 0
    while !isEmpty, position < text.count {
      let rest = text[position...]
      guard let found = candidates[Int(text[position])].first(where: { rest.starts(with: $0.text) }) else {
        position += 1
        continue
      }
      emit(start..<position)
      body(.token(found.id))
      position += found.text.count
      start = position
    }
    emit(start..<text.count)
  }
}
