import Cases

/// What is to be seen at a glance of one x∖C itself: its first words and its length, of the last message of
/// the user.
struct ItemSurface: Equatable, Sendable {
  /// A hash of the first word in lower case; that two words share one now and then costs a reader little.
  var firstWord: UInt16 = 0
  /// A hash of the first two words.
  var firstWords: UInt16 = 0
  /// Two steps for each doubling of the number of bytes.
  var lengthBin: UInt8 = 0

  init(_ messages: [Message]) {
    guard let message = messages.last(where: { $0.role == "user" }) ?? messages.last else { return }
    // FNV-1a of 32 bits, folded to 16.
    var hash: UInt32 = 2_166_136_261
    var words = 0
    var isInWord = false
    for byte in message.content.utf8 {
      if isSpace(byte) {
        if isInWord { words += 1 }
        isInWord = false
        if words == 2 { break }
        continue
      }
      if !isInWord, words == 1 { firstWord = Self.folded(hash) }
      isInWord = true
      let lowercase = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
      hash = (hash ^ UInt32(lowercase)) &* 16_777_619
    }
    firstWords = Self.folded(hash)
    if firstWord == 0 { firstWord = firstWords }
    let length = message.content.utf8.count
    let bits = Int.bitWidth - length.leadingZeroBitCount
    lengthBin = UInt8(2 * bits + (bits > 1 ? (length >> (bits - 2)) & 1 : 0))
  }

  private static func folded(_ hash: UInt32) -> UInt16 { UInt16(truncatingIfNeeded: hash ^ (hash >> 16)) }
}
