import Jinja

/// Finds special tokens in what a template wrote, from left to right and the longest at each place, as
/// `tokenizers` does. What comes from data is never looked at.
struct TemplateTokenFinder: Sendable {
  /// One for the tokens of plain text, one for those of normalized text, which come second.
  private let passes: [Trie]

  /// A trie of tokens by their bytes.
  private struct Trie: Sendable {
    /// The next node by node and byte.
    private var next: [Int: Int] = [:]
    private var tokens: [Int: TemplateToken] = [:]

    init(_ found: [TemplateToken]) {
      var nodes = 1
      for token in found where !token.text.isEmpty {
        var node = 0
        for byte in token.text.utf8 {
          let key = node << 8 | Int(byte)
          if next[key] == nil {
            next[key] = nodes
            nodes += 1
          }
          node = next[key] ?? 0
        }
        tokens[node] = token
      }
    }

    /// The longest token that begins at a place, and where it ends.
    func longest(in text: UnsafeRawBufferPointer, at start: Int) -> (token: TemplateToken, end: Int)? {
      var found: (token: TemplateToken, end: Int)?
      var node = 0
      for place in start..<text.count {
        guard let child = next[node << 8 | Int(text[place])] else { break }
        node = child
        if let token = tokens[node] { found = (token, place + 1) }
      }
      return found
    }
  }

  /// Bytes of a template, and what stands beside them.
  private struct Run {
    var text: String
    var before: Unicode.Scalar?
    var after: Unicode.Scalar?
  }

  init(_ tokenizer: any Tokenizer) {
    var tokens = tokenizer.templateTokens
    // Some vocabularies do not mark it as special.
    if let id = tokenizer.beginningOfSequence, !tokens.contains(where: { $0.id == id }) {
      tokens.append(TemplateToken(text: tokenizer.vocabularyText(id), id: id))
    }
    passes = [Trie(tokens.filter { !$0.isNormalized }), Trie(tokens.filter(\.isNormalized))]
  }

  /// A rendered conversation, and text of data behind it, in parts that can be tokenized.
  func parts(of rendering: Rendering, prefill: String = "") -> [PromptPart] {
    let all = rendering.parts + (prefill.isEmpty ? [] : [Rendering.Part(text: prefill, isData: true)])
    return all.indices.flatMap { index -> [PromptPart] in
      let part = all[index]
      if part.isData { return [.text(part.text)] }
      let run = Run(
        text: part.text, before: index > 0 ? all[index - 1].text.unicodeScalars.last : nil,
        after: index + 1 < all.count ? all[index + 1].text.unicodeScalars.first : nil)
      return parts(of: run, passes[...])
    }
  }

  private func parts(of run: Run, _ passes: ArraySlice<Trie>) -> [PromptPart] {
    guard let pass = passes.first else { return [.text(run.text)] }
    var parts: [PromptPart] = []
    var text = run.text
    text.withUTF8 { utf8 in
      let bytes = UnsafeRawBufferPointer(utf8)
      var (start, place) = (0, 0)
      func add(upTo end: Int) {
        guard end > start else { return }
        let rest = Run(
          text: String(decoding: bytes[start..<end], as: UTF8.self),
          before: start == 0 ? run.before : nil, after: end == bytes.count ? run.after : nil)
        parts += self.parts(of: rest, passes.dropFirst())
      }
      while place < bytes.count {
        guard let (token, end) = pass.longest(in: bytes, at: place) else {
          place += 1
          continue
        }
        defer { place = end }
        if token.isText || token.isSingleWord && !isWord(place..<end, of: bytes, in: run) { continue }
        add(upTo: place)
        parts.append(.special(token.id))
        start = end
      }
      add(upTo: bytes.count)
    }
    return parts
  }

  /// Whether no word goes on beside a range of a run's bytes.
  private func isWord(_ range: Range<Int>, of bytes: UnsafeRawBufferPointer, in run: Run) -> Bool {
    let before =
      range.lowerBound == 0 ? run.before : UTF8Scan.scalar(before: range.lowerBound, bytes)
    let after =
      range.upperBound == bytes.count ? run.after : UTF8Scan.scalar(at: range.upperBound, bytes)
    return !UTF8Scan.isWord(before) && !UTF8Scan.isWord(after)
  }
}
