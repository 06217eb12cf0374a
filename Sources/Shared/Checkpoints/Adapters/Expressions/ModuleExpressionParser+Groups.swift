// Groups and quantifiers.
extension ModuleExpressionParser {
  mutating func repeated(_ part: Int) throws(Flaw) -> Int {
    guard let (least, most) = try quantifier() else { return part }
    // As in Python, a place cannot be repeated.
    if case .place = parts[part] { throw .malformed }
    if let most, most < least { throw .malformed }
    // How much is taken first makes no difference to whole names.
    _ = take("?")
    if take("+") { throw .unsupported("a possessive quantifier") }
    let repeated = add(.repetition(part, atLeast: least, atMost: most))
    guard try quantifier() == nil else { throw .malformed }
    return repeated
  }

  mutating func quantifier() throws(Flaw) -> (Int, Int?)? {
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    if take("?") { return (0, 1) }
    // What is not of the form {m,n} stands for itself.
    guard peek == "{", let end = text[offset...].firstIndex(of: "}") else { return nil }
    let bounds = text[(offset + 1)..<end].split(separator: ",", omittingEmptySubsequences: false)
    let digits = bounds.map { $0.allSatisfy { ("0"..."9").contains($0) } }
    guard 1...2 ~= bounds.count, !digits.contains(false), bounds.count == 2 || !bounds[0].isEmpty else {
      return nil
    }
    var numbers: [Int?] = []
    for bound in bounds {
      guard let number = bound.isEmpty ? 0 : Int(String(String.UnicodeScalarView(bound))), number < 1 << 32
      else { throw .malformed }
      numbers.append(bound.isEmpty ? nil : number)
    }
    offset = end + 1
    return (numbers[0] ?? 0, bounds.count == 1 ? numbers[0] : numbers[1])
  }

  mutating func group() throws(Flaw) -> Int? {
    guard take("?") else { return try closed(choice()) }
    if take(":") { return try closed(choice()) }
    if take("#") {
      while try next() != ")" {}
      return nil
    }
    if text[offset...].starts(with: "P<".unicodeScalars) {
      while try next() != ">" {}
      return try closed(choice())
    }
    for (mark, isAhead, isWanted) in [
      ("=", true, true), ("!", true, false), ("<=", false, true), ("<!", false, false),
    ] where text[offset...].starts(with: mark.unicodeScalars) {
      offset += mark.unicodeScalars.count
      let inner = try closed(choice())
      return add(.look(inner, isAhead: isAhead, isWanted: isWanted))
    }
    throw .unsupported("(?" + String(peek ?? " "))
  }

  private mutating func closed(_ part: Int) throws(Flaw) -> Int {
    guard take(")") else { throw .malformed }
    return part
  }
}
