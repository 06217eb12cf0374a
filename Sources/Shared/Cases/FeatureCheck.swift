import Streams

// Whether a feature fits its input. All of it works on UTF-8 bytes: Swift's `==` on strings takes canonically
// equal texts for one, and a tokenizer does not.
extension Feature {
  /// Throws `ToolError` (65) unless the span lies inside its message on scalar boundaries and holds `text`,
  /// and `messages` are x without the span and at most white space beside it. A system message of which
  /// nothing but white space is left may be dropped.
  func check(against x: [Message]) throws(ToolError) {
    let (before, after) = try surroundings(in: x)
    let isDropped =
      messages.count == x.count - 1 && x[span.message].role == "system"
      && (before + after).unicodeScalars.allSatisfy { $0.properties.isWhitespace }
    var rest = x
    if isDropped { rest.remove(at: span.message) }
    guard messages.count == rest.count else {
      throw .badData("the counterfactual has \(messages.count) messages, the input has \(x.count)")
    }
    for (index, message) in messages.enumerated() {
      guard message.role == rest[index].role else {
        throw .badData("messages[\(index)]: role differs from the input's")
      }
      guard isDropped || index != span.message else { continue }
      guard message.content.utf8.elementsEqual(rest[index].content.utf8) else {
        throw .badData("messages[\(index)]: differs from the input's, which has no part of the span")
      }
    }
    guard isDropped || isDeletion(messages[span.message].content, before: before, after: after) else {
      throw .badData(
        "messages[\(span.message)]: is not the input's without the span and white space beside it")
    }
  }

  /// What stands before and after the span in its message.
  private func surroundings(in x: [Message]) throws(ToolError) -> (before: Substring, after: Substring) {
    guard x.indices.contains(span.message) else {
      throw .badData("span: message \(span.message) of \(x.count)")
    }
    let content = x[span.message].content
    let length = content.utf8.count
    guard span.start >= 0, span.start < span.end, span.end <= length else {
      throw .badData("span: bytes \(span.start) to \(span.end) of a message of \(length) bytes")
    }
    let start = content.utf8.index(content.startIndex, offsetBy: span.start)
    let end = content.utf8.index(content.startIndex, offsetBy: span.end)
    guard start.samePosition(in: content.unicodeScalars) != nil,
      end.samePosition(in: content.unicodeScalars) != nil
    else { throw .badData("span: bytes \(span.start) to \(span.end) cut a character in two") }
    guard content.utf8[start..<end].elementsEqual(text.utf8) else {
      throw .badData("span: bytes \(span.start) to \(span.end) do not hold the feature's text")
    }
    return (content[..<start], content[end...])
  }

  /// Whether `content` is `before` and `after` joined, each perhaps without some of the white space that
  /// touched the span. What is left of that white space must be a prefix of the part before and a suffix of
  /// the part after.
  private func isDeletion(_ content: String, before: Substring, after: Substring) -> Bool {
    let whiteBefore = before.unicodeScalars.suffix(while: { $0.properties.isWhitespace })
    let whiteAfter = after.unicodeScalars.prefix(while: { $0.properties.isWhitespace })
    let head = before.utf8[..<whiteBefore.startIndex]
    let tail = after.utf8[whiteAfter.endIndex...]
    guard content.utf8.count >= head.count + tail.count, content.utf8.starts(with: head),
      content.utf8.suffix(tail.count).elementsEqual(tail)
    else { return false }
    let white = content.utf8.dropFirst(head.count).dropLast(tail.count)
    let keptBefore = commonPrefixLength(white, before.utf8[whiteBefore.startIndex...])
    let keptAfter = commonPrefixLength(white.reversed(), after.utf8[..<whiteAfter.endIndex].reversed())
    return keptBefore + keptAfter >= white.count
  }
}

extension BidirectionalCollection where SubSequence: BidirectionalCollection {
  /// The longest suffix whose elements all satisfy the predicate.
  fileprivate func suffix(while predicate: (Element) -> Bool) -> SubSequence {
    var start = endIndex
    while start > startIndex, predicate(self[index(before: start)]) { formIndex(before: &start) }
    return self[start...]
  }
}

private func commonPrefixLength<A: Sequence<UInt8>, B: Sequence<UInt8>>(_ a: A, _ b: B) -> Int {
  var length = 0
  for (left, right) in zip(a, b) {
    guard left == right else { break }
    length += 1
  }
  return length
}
