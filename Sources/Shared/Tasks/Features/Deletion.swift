/// Taking a span out of a text so that what is left reads as if it had never been there. Only the span and white space
/// beside it go.
public struct Deletion: Sendable {
  private let bytes: [UInt8]
  private let words: Range<Int>

  /// A text from which one span at a time is taken; ranges are in its UTF-8 bytes.
  public init(of text: String) {
    bytes = Array(text.utf8)
    words = Deletion.wordExtent(of: text)
  }

  /// The text without the bytes of `range`; nil where `isPossible` says no.
  public func text(without range: Range<Int>) -> String? {
    parts(around: range).map { String(decoding: $0.head + $0.white + $0.tail, as: UTF8.self) }
  }

  /// Whether the range can go: not where that leaves nothing to read, joins two words, or leaves punctuation hanging,
  /// such as empty brackets, a comma before a full stop or a comma at the start.
  public func isPossible(without range: Range<Int>) -> Bool { parts(around: range) != nil }

  /// From the first letter or digit of a text to the last, in bytes; empty where there is none.
  static func wordExtent(of text: String) -> Range<Int> {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: \.isLetterOrDigit),
      let last = scalars.lastIndex(where: \.isLetterOrDigit)
    else { return 0..<0 }
    let end = scalars.index(after: last)
    return text.utf8.distance(
      from: text.startIndex, to: first)..<text.utf8.distance(from: text.startIndex, to: end)
  }

  private typealias Parts = (head: ArraySlice<UInt8>, white: ArraySlice<UInt8>, tail: ArraySlice<UInt8>)

  private func parts(around range: Range<Int>) -> Parts? {
    guard range.lowerBound >= 0, range.upperBound <= bytes.count,
      words.lowerBound < range.lowerBound || words.upperBound > range.upperBound, !words.isEmpty
    else { return nil }
    let before = bytes[..<range.lowerBound]
    let after = bytes[range.upperBound...]
    let head = before.prefix(before.count - before.reversed().prefix(while: Self.isSpace).count)
    let tail = after.drop(while: Self.isSpace)
    return Self.whiteSpace(head, tail, before[head.endIndex...], after[..<tail.startIndex])
      .map { (head, $0, tail) }
  }

  /// The white space that stays between the two parts, of what stood `before` and `after` the span: a line end or two
  /// where there were any, else at most one space. nil where the parts do not go together.
  private static func whiteSpace(
    _ head: ArraySlice<UInt8>, _ tail: ArraySlice<UInt8>, _ before: ArraySlice<UInt8>,
    _ after: ArraySlice<UInt8>
  ) -> ArraySlice<UInt8>? {
    guard let first = tail.first else {
      return head.last.map { isComma($0) || isOpening($0) } ?? true ? nil : []
    }
    guard let last = head.last else { return isHanging(first) ? nil : [] }
    if isClosing(first) { return isComma(last) || isOpening(last) ? nil : [] }
    if isHanging(first) { return isHanging(last) && !isClosing(last) || isOpening(last) ? nil : [] }
    let (endsBefore, endsAfter) = (lineEnds(before), lineEnds(after))
    if let end = endsBefore.prefix(2).last, endsBefore.count > endsAfter.count { return before[...end] }
    if let start = endsAfter.suffix(2).first { return after[start...] }
    if isOpening(last) { return isOpening(first) ? nil : [] }
    if !after.isEmpty { return after.suffix(1) }
    if before.isEmpty, isWord(last) && isWord(first) || isQuote(last) && isQuote(first) { return nil }
    return before.prefix(1)
  }

  /// Where lines end: at `\n`, or at `\r` where there is no `\n`.
  private static func lineEnds(_ bytes: ArraySlice<UInt8>) -> [Int] {
    let feeds = bytes.indices.filter { bytes[$0] == 0x0A }
    return feeds.isEmpty ? bytes.indices.filter { bytes[$0] == 0x0D } : feeds
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
  private static func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") }
  private static func isOpening(_ byte: UInt8) -> Bool { "([{".utf8.contains(byte) }
  private static func isClosing(_ byte: UInt8) -> Bool { ")]}".utf8.contains(byte) }
  private static func isComma(_ byte: UInt8) -> Bool { ",;".utf8.contains(byte) }
  /// Punctuation that must have something before it.
  private static func isHanging(_ byte: UInt8) -> Bool { ",.;:!?)]}".utf8.contains(byte) }
  /// Letters, digits, and every byte beyond ASCII.
  private static func isWord(_ byte: UInt8) -> Bool { byte >= 0x80 || Unicode.Scalar(byte).isLetterOrDigit }
}
