import Streams

/// The names of a file's columns or of an object's keys, looked up without regard to ASCII case and to white space
/// around them. A name that is there twice means its first column.
struct ColumnNames {
  /// As the file spells them.
  let written: [String]
  private let normalized: [String]

  init(_ names: [String]) {
    written = names
    normalized = names.map(Self.normalized)
  }

  /// How names are compared.
  static func normalized(_ name: String) -> String {
    let trimmed = name.trimmed
    let hasCapital = trimmed.utf8.contains { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    return hasCapital ? trimmed.lowercased() : trimmed
  }

  /// - Parameter name: as `normalized` writes it.
  func index(of name: String) -> Int? { normalized.firstIndex(of: name) }
}

extension String {
  /// Without the white space at both ends.
  var trimmed: String {
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }
}
