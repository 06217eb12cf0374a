extension Text {
  /// Whether `part` stands at that place.
  func has(_ part: Text, at place: Int) -> Bool {
    guard place >= 0, place + part.count <= count else { return false }
    for offset in 0..<part.count
    where Self.value(units[place + offset]) != Self.value(part.units[offset]) {
      return false
    }
    return true
  }

  /// The first place of `part` within the bounds, nil where there is none.
  func firstIndex(of part: Text, in bounds: Range<Int>) -> Int? {
    guard bounds.count >= part.count else { return nil }
    return (bounds.lowerBound...bounds.upperBound - part.count).first { has(part, at: $0) }
  }

  /// The last place of `part` within the bounds, nil where there is none.
  func lastIndex(of part: Text, in bounds: Range<Int>) -> Int? {
    guard bounds.count >= part.count else { return nil }
    return (bounds.lowerBound...bounds.upperBound - part.count).reversed().first { has(part, at: $0) }
  }

  func contains(_ part: Text) -> Bool { firstIndex(of: part, in: 0..<count) != nil }

  /// How often `part` occurs, without overlap; an empty one stands before and after each character.
  func occurrences(of part: Text, in bounds: Range<Int>) -> Int {
    if part.isEmpty { return bounds.count + 1 }
    var found = 0
    var start = bounds.lowerBound
    while let place = firstIndex(of: part, in: start..<bounds.upperBound) {
      found += 1
      start = place + part.count
    }
    return found
  }

  /// - Parameter limit: how many are replaced at most, from the start; negative for all.
  func replacing(_ old: Text, with new: Text, limit: Int = -1) -> Text {
    var result: [Unit] = []
    var left = limit < 0 ? Int.max : limit
    var start = 0
    if old.isEmpty {
      for place in 0...count {
        if left > 0 {
          result += new.units
          left -= 1
        }
        if place < count { result.append(units[place]) }
      }
      return Text(units: result)
    }
    while left > 0, let place = firstIndex(of: old, in: start..<count) {
      result += units[start..<place] + new.units
      start = place + old.count
      left -= 1
    }
    return Text(units: result + units[start...])
  }

  enum Side { case start, end, both }

  /// Without the characters of `set` at the ends, white space where there is none.
  func stripped(_ side: Side = .both, of set: Text? = nil) -> Text {
    let members = set.map { Set($0.scalars) }
    func isStripped(_ unit: Unit) -> Bool { members?.contains(Self.value(unit)) ?? Self.isSpace(unit) }
    var rest = units[...]
    if side != .end { rest = rest.drop(while: isStripped) }
    if side != .start {
      while let last = rest.last, isStripped(last) { rest.removeLast() }
    }
    return Text(units: Array(rest))
  }

  /// Python's `splitlines` without the line ends.
  func lines(keepingEnds: Bool = false) -> [Text] {
    var lines: [Text] = []
    var start = 0
    var place = 0
    while place < count {
      let value = Self.value(units[place])
      guard Self.lineEnds.contains(value) else {
        place += 1
        continue
      }
      let isPair = value == 0x0D && place + 1 < count && Self.value(units[place + 1]) == 0x0A
      let next = place + (isPair ? 2 : 1)
      lines.append(Text(units: Array(units[start..<(keepingEnds ? next : place)])))
      start = next
      place = next
    }
    if start < count { lines.append(Text(units: Array(units[start...]))) }
    return lines
  }

  private static let lineEnds: Set<Unit> = [
    0x0A, 0x0B, 0x0C, 0x0D, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029,
  ]
}
