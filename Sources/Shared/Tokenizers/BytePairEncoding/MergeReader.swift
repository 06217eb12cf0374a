import Streams

/// Builds a table of merges from pairs of vocabulary strings, lowest rank first.
struct MergeReader {
  private(set) var table: MergeTable
  /// The number of merges so far: the next one's rank.
  private(set) var count = 0
  private let vocabulary: Vocabulary
  private var bytes: [UInt8] = []

  private let lastCounts: Bool

  /// - Parameter lastCounts: which of two merges of the same pair counts: the last, as in `tokenizers`, or the
  ///   first, as in llama.cpp.
  init(_ vocabulary: Vocabulary, count: Int, lastCounts: Bool) {
    self.vocabulary = vocabulary
    self.lastCounts = lastCounts
    table = MergeTable(capacity: count)
  }

  /// Adds the merge of two tokens. Throws as the other form.
  mutating func add(_ left: String, _ right: String) throws(ToolError) {
    let text = Array(left.utf8) + Array(right.utf8)
    let result = text.withUnsafeBytes { all in
      let (first, second) = (all[..<left.utf8.count], all[left.utf8.count...])
      return Result { () throws(ToolError) in
        try add(UnsafeRawBufferPointer(rebasing: first), UnsafeRawBufferPointer(rebasing: second))
      }
    }
    try result.get()
  }

  /// Adds the merge of two tokens, as the vocabulary spells them. Throws `ToolError` (65) where one of them or what
  /// they join into is not in the vocabulary; `tokenizers` refuses such merges too.
  mutating func add(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) throws(ToolError) {
    bytes.removeAll(keepingCapacity: true)
    append(left)
    let middle = bytes.count
    append(right)
    let ids = bytes.withUnsafeBytes { all in
      (
        vocabulary.id(of: UnsafeRawBufferPointer(rebasing: all[..<middle])),
        vocabulary.id(of: UnsafeRawBufferPointer(rebasing: all[middle...])), vocabulary.id(of: all)
      )
    }
    guard let first = ids.0, let second = ids.1, let result = ids.2 else {
      let pair = "\(String(decoding: left, as: UTF8.self)) \(String(decoding: right, as: UTF8.self))"
      throw .badData("merge \(count), \"\(pair)\", has a token that is not in the vocabulary")
    }
    // Plain text never becomes a special token.
    if [.normal, .userDefined].contains(vocabulary.kinds[Int(result)]) {
      let merge = MergeTable.Merge(rank: Int32(count), result: result)
      table.insert(left: first, right: second, merge, replacing: lastCounts)
    }
    count += 1
  }

  private mutating func append(_ text: UnsafeRawBufferPointer) {
    switch vocabulary.spelling {
    case .byteAlphabet: ByteAlphabet.appendBytes(of: text, to: &bytes)
    case .plain: bytes.append(contentsOf: text)
    }
  }
}
