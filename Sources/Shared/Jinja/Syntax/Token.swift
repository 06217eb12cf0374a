/// A piece of a template, with the line that it stands on.
struct Token {
  enum Kind: Equatable {
    /// Text outside of tags.
    case data(Text)
    case variableBegin
    case variableEnd
    case blockBegin
    case blockEnd
    case name(String)
    case string(Text)
    case integer(Int)
    case real(Double)
    case symbol(String)
    case end
  }

  var kind: Kind
  var line: Int

  /// As it is called in messages.
  var description: String {
    switch kind {
    case .data: "text"
    case .variableBegin: "{{"
    case .variableEnd: "}}"
    case .blockBegin: "{%"
    case .blockEnd: "%}"
    case .name(let name): name
    case .string(let text): "'\(text.string)'"
    case .integer(let value): "\(value)"
    case .real(let value): "\(value)"
    case .symbol(let symbol): symbol
    case .end: "the end of the template"
    }
  }
}
