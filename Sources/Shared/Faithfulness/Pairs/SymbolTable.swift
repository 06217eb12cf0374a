import Streams

/// Small numbers for strings that repeat in every row (answers, tasks, feature kinds, groups), so that a pair
/// costs a few bytes however long the stream is.
struct SymbolTable: Sendable {
  typealias Symbol = UInt16

  /// Stands for "no string"; never given out.
  static let none = Symbol.max
  /// Stands for "not read yet"; never given out.
  static let absent = Symbol.max - 1

  /// What the strings are, for the error message; for example `answers`.
  let noun: String
  /// The largest number of distinct strings.
  let limit: Int
  private(set) var strings: [String] = []
  private var symbols: [ExactText: Symbol] = [:]

  init(noun: String, limit: Int = Int(SymbolTable.absent)) {
    self.noun = noun
    self.limit = limit
  }

  /// The symbol of a string, new ones in order of appearance. Throws `ToolError` (65) beyond `limit` strings.
  mutating func symbol(of string: String) throws(ToolError) -> Symbol {
    if let known = symbols[ExactText(string)] { return known }
    guard strings.count < limit else { throw .badData("more than \(limit) different \(noun)") }
    let symbol = Symbol(strings.count)
    strings.append(string)
    symbols[ExactText(string)] = symbol
    return symbol
  }

  /// Symbols in the byte order of their strings: an order that does not depend on the order of the stream.
  var sorted: [Symbol] {
    strings.indices.map { Symbol($0) }.sorted { bytesPrecede(strings[Int($0)], strings[Int($1)]) }
  }
}

/// The order of two strings by their UTF-8 bytes.
func bytesPrecede(_ left: String, _ right: String) -> Bool {
  left.utf8.lexicographicallyPrecedes(right.utf8)
}
