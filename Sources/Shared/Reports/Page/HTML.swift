/// A piece of HTML or SVG, escaped by type: what stands in the source of this program is markup, what is put into
/// it as a `String` is text. `"<b>\(name)</b>"` as `HTML` cannot be broken by any name, in an element or in an
/// attribute in double quotes.
package struct HTML: Equatable, Sendable {
  package fileprivate(set) var markup = ""

  package init() {}

  /// Pieces one after the other.
  package init(_ parts: [HTML]) {
    for part in parts { markup += part.markup }
  }

  /// A file of this program that is markup already; never anything that was read.
  init(verbatim file: [UInt8]) { markup = String(decoding: file, as: UTF8.self) }

  package static func += (left: inout HTML, right: HTML) { left.markup += right.markup }

  package static func + (left: HTML, right: HTML) -> HTML {
    var sum = left
    sum += right
    return sum
  }
}

extension HTML: ExpressibleByStringInterpolation {
  package init(stringLiteral value: String) { markup = value }

  package init(stringInterpolation: StringInterpolation) { markup = stringInterpolation.markup }

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var markup = ""

    package init(literalCapacity: Int, interpolationCount: Int) {}

    package mutating func appendLiteral(_ literal: String) { markup += literal }
    package mutating func appendInterpolation(_ text: String) { markup += escaped(text) }
    package mutating func appendInterpolation(_ html: HTML) { markup += html.markup }
    package mutating func appendInterpolation(_ parts: [HTML]) { for part in parts { markup += part.markup } }
    package mutating func appendInterpolation(_ number: Int) { markup += String(number) }
  }
}

/// Text that means itself in HTML, in an element or in a quoted attribute. A carriage return would be read as a
/// line feed, and a NUL cannot be in a page at all: it becomes U+FFFD.
private func escaped(_ text: String) -> String {
  var result = ""
  result.reserveCapacity(text.utf8.count)
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    case "\r": result += "&#13;"
    case "\0": result += "\u{FFFD}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
