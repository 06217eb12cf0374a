import Streams

/// The identity of an item: a hash of the frame of its text and of nothing else, so that it does not depend on path,
/// row or seed. Variants of one item share it, and so do copies that differ in case, spacing or punctuation, and most
/// minimal pairs and instances of one template. It decides the split and is the unit of clustering.
public struct ItemHash: Hashable, Sendable {
  /// The first 8 bytes of SHA-256 of the frame, big-endian.
  public let value: UInt64

  /// A hash that is known already; `of` makes one from a text.
  public init(value: UInt64) { self.value = value }

  /// The hash of an item's text.
  public static func of(_ text: String) -> ItemHash {
    ItemHash(value: stableHash64(TextFrame.of(text)))
  }

  /// 16 lowercase hexadecimal digits: `source.item`.
  public var hex: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
