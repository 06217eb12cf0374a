import Cases

/// Whether one list of messages is another with something put in at one place.
enum OneInsertion {
  /// Whether one message differs, and there by bytes put in at one place only.
  static func leads(from unhinted: [Message], to hinted: [Message]) -> Bool {
    guard unhinted.map(\.role) == hinted.map(\.role) else { return false }
    let changed = unhinted.indices.filter { unhinted[$0] != hinted[$0] }
    guard changed.count == 1 else { return false }
    let (short, long) = (Array(unhinted[changed[0]].content.utf8), Array(hinted[changed[0]].content.utf8))
    guard short.count < long.count else { return false }
    let prefix = zip(short, long).prefix { $0 == $1 }.count
    let suffix = zip(short.reversed(), long.reversed()).prefix { $0 == $1 }.count
    return prefix + suffix >= short.count
  }
}
