/// What is to be seen at a glance of the options of one x∖C, in 18 bytes.
struct OptionSurface: Equatable, Sendable {
  /// Of more options than this nothing but their number is kept.
  static let limit = 12
  private static let bitsPerRank = 4
  private static let bitsPerInitial = 5

  /// How many answers the readout has, up to 255.
  let count: UInt8
  /// Whether the options' texts are seen.
  let areSeen: Bool
  private var ranks: UInt64 = 0
  private var initials: UInt64 = 0

  /// - Parameters:
  ///   - texts: by option, as UTF-8; nil where they are not seen.
  ///   - count: how many answers the readout has.
  init(_ texts: [ArraySlice<UInt8>]?, count: Int) {
    self.count = UInt8(clamping: count)
    guard let texts, texts.count == count, count <= Self.limit else {
      areSeen = false
      return
    }
    areSeen = true
    for (option, text) in texts.enumerated() {
      let longer = texts.count { $0.count > text.count }
      ranks |= UInt64(longer) << (option * Self.bitsPerRank)
      initials |= UInt64(Self.initial(text)) << (option * Self.bitsPerInitial)
    }
  }

  /// How many options are longer; 0 for the longest.
  func lengthRank(_ option: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: ranks >> (option * Self.bitsPerRank)) & 15
  }

  /// With which letter an option begins: 1 to 26 for a to z, 27 for a digit, 0 for anything else.
  func initial(_ option: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: initials >> (option * Self.bitsPerInitial)) & 31
  }

  private static func initial(_ text: ArraySlice<UInt8>) -> UInt8 {
    guard let byte = text.first else { return 0 }
    if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { return 27 }
    let letter = byte | 0x20
    return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter) ? letter - UInt8(ascii: "a") + 1 : 0
  }
}
