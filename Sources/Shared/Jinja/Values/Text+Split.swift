extension Text {
  /// The parts between occurrences of `separator`, which must not be empty.
  /// - Parameter limit: how many times it is split at most; negative for as often as possible.
  func split(at separator: Text, limit: Int = -1) -> [Text] {
    var parts: [Text] = []
    var start = 0
    while limit < 0 || parts.count < limit, let place = firstIndex(of: separator, in: start..<count) {
      parts.append(Text(units: Array(units[start..<place])))
      start = place + separator.count
    }
    return parts + [Text(units: Array(units[start...]))]
  }

  /// The same from the end.
  func splitFromEnd(at separator: Text, limit: Int) -> [Text] {
    var parts: [Text] = []
    var end = count
    while limit < 0 || parts.count < limit, let place = lastIndex(of: separator, in: 0..<end) {
      parts.append(Text(units: Array(units[place + separator.count..<end])))
      end = place
    }
    return [Text(units: Array(units[..<end]))] + parts.reversed()
  }

  /// The parts between white space.
  func splitAtSpaces(limit: Int = -1) -> [Text] {
    var parts: [Text] = []
    var rest = units[...].drop(while: Self.isSpace)
    while !rest.isEmpty {
      if limit >= 0, parts.count == limit {
        return parts + [Text(units: Array(rest)).stripped(.end)]
      }
      let part = rest.prefix { !Self.isSpace($0) }
      parts.append(Text(units: Array(part)))
      rest = rest[part.endIndex...].drop(while: Self.isSpace)
    }
    return parts
  }

  /// The same from the end.
  func splitAtSpacesFromEnd(limit: Int) -> [Text] {
    let reversed = Text(units: units.reversed()).splitAtSpaces(limit: limit)
    return reversed.reversed().map { Text(units: $0.units.reversed()) }
  }
}
