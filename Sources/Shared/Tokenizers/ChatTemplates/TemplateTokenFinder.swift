import Jinja

/// Finds special tokens in what a template wrote, from left to right and the longest at each place, as
/// `tokenizers` does. What comes from data is never looked at.
struct TemplateTokenFinder: Sendable {
  /// The next node of a trie by node and byte.
  private var next: [Int: Int] = [:]
  private var tokens: [Int: Int32] = [:]
  private let beginningOfSequence: Int32?

  init(_ tokenizer: any Tokenizer) {
    beginningOfSequence = tokenizer.beginningOfSequence
    let begin = beginningOfSequence.map { [(text: tokenizer.vocabularyText($0), id: $0)] } ?? []
    var nodes = 1
    for (text, id) in begin + tokenizer.templateTokens where !text.isEmpty {
      var node = 0
      for byte in text.utf8 {
        let key = node << 8 | Int(byte)
        if next[key] == nil {
          next[key] = nodes
          nodes += 1
        }
        node = next[key] ?? 0
      }
      tokens[node] = id
    }
  }

  /// A rendered conversation in parts that can be tokenized.
  func parts(of rendering: Rendering) -> [PromptPart] {
    rendering.parts.flatMap { $0.isData ? [.text($0.text)] : parts(of: Array($0.text.utf8)) }
  }

  private func parts(of text: [UInt8]) -> [PromptPart] {
    var parts: [PromptPart] = []
    var start = 0
    var place = 0
    func add(upTo end: Int) {
      if end > start { parts.append(.text(String(decoding: text[start..<end], as: UTF8.self))) }
    }
    while place < text.count {
      guard let (id, end) = longest(in: text, at: place) else {
        place += 1
        continue
      }
      add(upTo: place)
      parts.append(id == beginningOfSequence ? .beginningOfSequence(id) : .special(id))
      start = end
      place = end
    }
    add(upTo: text.count)
    return parts
  }

  private func longest(in text: [UInt8], at start: Int) -> (id: Int32, end: Int)? {
    var found: (id: Int32, end: Int)?
    var node = 0
    for place in start..<text.count {
      guard let child = next[node << 8 | Int(text[place])] else { break }
      node = child
      if let id = tokens[node] { found = (id, place + 1) }
    }
    return found
  }
}
