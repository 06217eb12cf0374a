// Text of files and servers on its way to a terminal: it may hold what moves the cursor, rings the bell or turns lines
// round, and it may be of any length.
extension String {
  /// The text with every control character written as an escape, `\u{1b}`.
  public var printable: String {
    guard unicodeScalars.contains(where: Self.isControl) else { return self }
    return unicodeScalars.map { Self.isControl($0) ? $0.escaped(asASCII: true) : String($0) }.joined()
  }

  /// The text as one line of a message: as `printable`, line ends as spaces, and what stands in quotes cut to
  /// 200 characters.
  public var printableLine: String {
    let line = unicodeScalars.map { $0 == "\n" || $0 == "\r" ? " " : String($0) }.joined().printable
    guard line.utf8.count > Self.quotedLength else { return line }
    let pieces = line.split(separator: "\"", omittingEmptySubsequences: false)
    let short = pieces.enumerated().map { index, piece in
      index % 2 == 1 && piece.count > Self.quotedLength ? piece.prefix(Self.quotedLength) + "…" : piece
    }.joined(separator: "\"")
    guard short.count > Self.lineLength else { return short }
    return short.prefix(Self.lineLength / 2) + " … " + short.suffix(Self.lineLength / 2)
  }

  private static let quotedLength = 200
  private static let lineLength = 2_000

  /// Controls, and the format characters that change the direction of text; not the joiners of letters and emoji.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control: scalar != "\t"
    case .lineSeparator, .paragraphSeparator: true
    default: [0x202A...0x202E, 0x2066...0x2069].contains { $0.contains(Int(scalar.value)) }
    }
  }
}
