/// How SentencePiece vocabularies write spaces: as U+2581, one of which may also mark the start of a text.
struct SpaceMarking: Sendable, Equatable {
  /// Which texts get a mark before them.
  enum Prefix: Sendable {
    case never
    /// Only what has nothing before it.
    case first
    /// Also what follows a special or user-defined token, but not what goes on with a text.
    case always
  }

  var prefix: Prefix
  /// Whether text that begins with a space gets no second one (Hugging Face's Metaspace).
  var keepsFirstMark = false

  /// U+2581 in UTF-8.
  static let mark: [UInt8] = [0xE2, 0x96, 0x81]
  /// The same as text.
  static let markText = "\u{2581}"

  /// Replaces the contents of `output` by the marked text.
  func apply(
    to text: UnsafeRawBufferPointer, after preceding: PrecedingText, into output: inout [UInt8]
  ) {
    output.removeAll(keepingCapacity: true)
    guard let first = text.first else { return }
    let isMarked = first == UInt8(ascii: " ") || text.starts(with: Self.mark)
    if marks(preceding), !(keepsFirstMark && isMarked) { output += Self.mark }
    for byte in text {
      if byte == UInt8(ascii: " ") { output += Self.mark } else { output.append(byte) }
    }
  }

  private func marks(_ preceding: PrecedingText) -> Bool {
    switch prefix {
    case .never: false
    case .first: preceding == .nothing
    case .always: preceding != .text
    }
  }
}
