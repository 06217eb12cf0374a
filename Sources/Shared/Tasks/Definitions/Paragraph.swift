/// A paragraph of a prompt: text in which `{field}` stands for a field of the row.
public struct Paragraph: Equatable, Sendable {
  enum Piece: Equatable, Sendable {
    case text(String)
    case field(String)
  }

  let pieces: [Piece]

  /// Every `{name}` of letters, digits and `_` is a field; other braces are text.
  init(_ text: String) {
    var pieces: [Piece] = []
    var rest = text[...]
    while let match = rest.firstMatch(of: #/\{([A-Za-z_][A-Za-z0-9_]*)\}/#) {
      if match.range.lowerBound > rest.startIndex {
        pieces.append(.text(String(rest[..<match.range.lowerBound])))
      }
      pieces.append(.field(String(match.1)))
      rest = rest[match.range.upperBound...]
    }
    if !rest.isEmpty { pieces.append(.text(String(rest))) }
    self.pieces = pieces
  }

  /// The fields that it names, in order.
  var fields: [String] {
    pieces.compactMap { if case .field(let name) = $0 { name } else { nil } }
  }
}
