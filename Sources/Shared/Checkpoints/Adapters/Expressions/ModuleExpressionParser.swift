/// Reads regular expressions in Python's syntax.
struct ModuleExpressionParser {
  enum Flaw: Error {
    case malformed
    case unsupported(String)
  }

  typealias Part = ModuleExpressionPart

  private static let longest = 4096
  private static let deepest = 64

  let text: [Unicode.Scalar]
  var offset = 0
  private var depth = 0
  private(set) var parts: [Part] = []
  private var ignoresCase = false

  init(_ text: String) { self.text = Array(text.unicodeScalars) }

  /// The parts, the whole being the last, and whether names are to be taken in lower case.
  mutating func run() throws(Flaw) -> (parts: [Part], ignoresCase: Bool) {
    guard text.count <= Self.longest else {
      throw .unsupported("more than \(Self.longest) characters")
    }
    try readFlags()
    _ = try choice()
    guard offset == text.count else { throw .malformed }
    return (parts, ignoresCase)
  }

  /// `(?i)` at the start; names have no lines for other flags to be about.
  private mutating func readFlags() throws(Flaw) {
    while text[offset...].starts(with: "(?".unicodeScalars),
      let end = text[offset...].firstIndex(of: ")"), end > offset + 2,
      text[offset + 2..<end].allSatisfy("aimsu".unicodeScalars.contains)
    {
      ignoresCase = ignoresCase || text[offset + 2..<end].contains("i")
      offset = end + 1
    }
  }

  mutating func add(_ part: Part) -> Int {
    parts.append(part)
    return parts.count - 1
  }

  mutating func choice() throws(Flaw) -> Int {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw .unsupported("more than \(Self.deepest) levels") }
    var members = [try sequence()]
    while take("|") { members.append(try sequence()) }
    return add(.choice(members))
  }

  private mutating func sequence() throws(Flaw) -> Int {
    var members: [Int] = []
    while let next = peek, next != "|", next != ")" {
      guard try quantifier() == nil else { throw .malformed }
      if let part = try piece() { members.append(try repeated(part)) }
    }
    return add(.sequence(members))
  }

  /// nil for a comment.
  private mutating func piece() throws(Flaw) -> Int? {
    switch try next() {
    case "(": return try group()
    case "[":
      let fits = try characterClass()
      return add(.character(fits))
    case ".": return add(.character { $0 != "\n" })
    case "^": return add(.place { before, _ in before == nil })
    case "$": return add(.place { _, after in after == nil })
    case "\\": return try escape()
    case let scalar: return literal(scalar)
    }
  }

  mutating func literal(_ scalar: Unicode.Scalar) -> Int {
    let wanted = folded(scalar)
    return add(.character { $0 == wanted })
  }

  func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard ignoresCase else { return scalar }
    return scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
  }

  var peek: Unicode.Scalar? { offset < text.count ? text[offset] : nil }

  mutating func next() throws(Flaw) -> Unicode.Scalar {
    guard let scalar = peek else { throw .malformed }
    offset += 1
    return scalar
  }

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek == scalar else { return false }
    offset += 1
    return true
  }
}
