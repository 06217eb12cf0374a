/// A text that is equal to another only where their bytes are. Swift's strings are equal, and are one key of a
/// dictionary, also where Unicode calls them canonically equal: é written as one code point or as two.
public struct ExactText: Hashable, Sendable {
  /// The text itself.
  public let text: String

  /// Any text.
  public init(_ text: String) { self.text = text }

  /// Whether the bytes are the same.
  public static func == (left: ExactText, right: ExactText) -> Bool { left.text.isExactly(right.text) }

  /// By the bytes.
  public func hash(into hasher: inout Hasher) {
    var copy = text
    copy.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    hasher.combine(copy.utf8.count)
  }
}

extension StringProtocol {
  /// Whether another text has the same bytes, as told from one that Unicode calls canonically equal.
  public func isExactly(_ other: some StringProtocol) -> Bool {
    // The first comparison is the faster one for texts that differ.
    self == other && utf8.elementsEqual(other.utf8)
  }
}

extension Sequence where Element == String {
  /// Whether a text is among these, byte for byte.
  public func containsExactly(_ text: String) -> Bool { contains { $0.isExactly(text) } }
}

extension Collection where Element == String {
  /// The place of the first text of the same bytes.
  public func firstIndex(ofExactly text: String) -> Index? { firstIndex { $0.isExactly(text) } }
}
