import Streams

/// Cuts a template into tokens, with white space handled as jinja2 does with `trim_blocks` and
/// `lstrip_blocks`.
struct Lexer {
  typealias Unit = Text.Unit
  /// The whole template, its line ends being line feeds, and none at its end.
  let source: [Unit]
  var place = 0
  var line = 1
  private(set) var tokens: [Token] = []
  /// Whether what was read last ended with a line feed.
  private var isAtLineStart = true

  init(_ template: String) {
    var units: [Unit] = []
    var isAfterReturn = false
    for scalar in template.unicodeScalars {
      let isReturn = scalar == "\r"
      if !(scalar == "\n" && isAfterReturn) { units.append(isReturn ? 0x0A : scalar.value) }
      isAfterReturn = isReturn
    }
    if units.last == 0x0A { units.removeLast() }
    source = units
  }

  /// Throws `ToolError` (65) where a tag does not end or holds what no expression has.
  mutating func run() throws(ToolError) -> [Token] {
    while let tag = nextTag() {
      switch tag.kind {
      case .raw: try readRaw(tag)
      case .comment:
        addData(before: tag)
        try readComment(tag)
      case .block: try readTag(tag, from: .blockBegin, to: .blockEnd, closing: "%}")
      case .variable: try readTag(tag, from: .variableBegin, to: .variableEnd, closing: "}}")
      }
    }
    add(.data(Text(units: Array(source[place...]))))
    move(to: source.count)
    add(.end)
    return tokens
  }

  mutating func add(_ kind: Token.Kind) { tokens.append(Token(kind: kind, line: line)) }

  /// Goes on, counting lines.
  mutating func move(to end: Int) {
    for index in place..<end where source[index] == 0x0A { line += 1 }
    if end > place { isAtLineStart = source[end - 1] == 0x0A }
    place = end
  }

  /// Whether the text stands at that place.
  func has(_ text: String, at place: Int) -> Bool {
    var index = place
    for scalar in text.unicodeScalars {
      guard index < source.count, source[index] == scalar.value else { return false }
      index += 1
    }
    return true
  }

  /// The first place from there on that is no white space.
  func afterSpace(_ start: Int) -> Int {
    var index = start
    while index < source.count, Text.isSpace(source[index]) { index += 1 }
    return index
  }

  // MARK: Tags

  private enum Sign { case minus, plus, none }

  private struct Tag {
    enum Kind { case raw, comment, block, variable }
    var kind: Kind
    var sign: Sign
    var start: Int
    /// Behind the opening.
    var end: Int
  }

  private func nextTag() -> Tag? {
    var index = place
    while index + 1 < source.count {
      if source[index] == 0x7B, let tag = tag(at: index) { return tag }
      index += 1
    }
    return nil
  }

  private func tag(at start: Int) -> Tag? {
    let kind: Tag.Kind
    switch source[start + 1] {
    case UInt32(UInt8(ascii: "%")): kind = .block
    case UInt32(UInt8(ascii: "{")): kind = .variable
    case UInt32(UInt8(ascii: "#")): kind = .comment
    default: return nil
    }
    let sign = sign(at: start + 2)
    let end = start + 2 + (sign == .none ? 0 : 1)
    if kind == .block, let rawEnd = rawBegin(from: end) {
      return Tag(kind: .raw, sign: sign, start: start, end: rawEnd)
    }
    return Tag(kind: kind, sign: sign, start: start, end: end)
  }

  private func sign(at place: Int) -> Sign {
    has("-", at: place) ? .minus : has("+", at: place) ? .plus : .none
  }

  /// Behind `raw %}`, nil where that does not stand there.
  private func rawBegin(from start: Int) -> Int? {
    let word = afterSpace(start)
    guard has("raw", at: word) else { return nil }
    let close = afterSpace(word + 3)
    if has("-%}", at: close) { return afterSpace(close + 3) }
    return has("%}", at: close) ? close + 2 : nil
  }

  /// Behind what closes a tag at that place (`%}` or `#}`), nil where nothing does.
  private func closed(_ closing: String, at place: Int) -> Int? {
    if has("-" + closing, at: place) { return afterSpace(place + 3) }
    if closing == "}}" { return has(closing, at: place) ? place + 2 : nil }
    if has("+" + closing, at: place) { return place + 3 }
    guard has(closing, at: place) else { return nil }
    return place + (has("\n", at: place + 2) ? 3 : 2)
  }

  /// Adds the text before a tag, without the white space that the tag takes away, and goes to the tag's
  /// opening's end.
  private mutating func addData(before tag: Tag) {
    var end = tag.start
    if tag.sign == .minus {
      while end > place, Text.isSpace(source[end - 1]) { end -= 1 }
    } else if tag.sign == .none, tag.kind != .variable {
      let lineStart = (place..<end).last { source[$0] == 0x0A }.map { $0 + 1 } ?? place
      if lineStart > place || isAtLineStart, (lineStart..<end).allSatisfy({ Text.isSpace(source[$0]) }) {
        end = lineStart
      }
    }
    if end > place { add(.data(Text(units: Array(source[place..<end])))) }
    move(to: tag.end)
  }

  private mutating func readComment(_ tag: Tag) throws(ToolError) {
    for index in place..<max(place, source.count) {
      if let end = closed("#}", at: index) { return move(to: end) }
    }
    throw failure("a comment {# without its end #}")
  }

  private mutating func readRaw(_ tag: Tag) throws(ToolError) {
    addData(before: tag)
    for start in place..<max(place, source.count) where has("{%", at: start) {
      let sign = sign(at: start + 2)
      let word = afterSpace(start + 2 + (sign == .none ? 0 : 1))
      guard has("endraw", at: word), let end = closed("%}", at: afterSpace(word + 6)) else { continue }
      return addData(before: Tag(kind: .raw, sign: sign, start: start, end: end))
    }
    throw failure("{% raw %} without {% endraw %}")
  }

  private mutating func readTag(
    _ tag: Tag, from opening: Token.Kind, to ending: Token.Kind, closing: String
  ) throws(ToolError) {
    addData(before: tag)
    add(opening)
    var brackets: [String] = []
    while true {
      if brackets.isEmpty, let end = closed(closing, at: place) {
        add(ending)
        return move(to: end)
      }
      guard place < source.count else {
        throw failure("\(opening == .blockBegin ? "{%" : "{{") without \(closing)")
      }
      try readToken(&brackets)
    }
  }

  func failure(_ message: String) -> ToolError { ToolError.template(message, line: line) }
}
