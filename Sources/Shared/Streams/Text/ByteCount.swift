/// An amount of memory, as people write it: `12G`, `1.5GiB`, `800M`, `64000000`. As in the GNU programs, K, M, G
/// and T stand for powers of 1024, and KB, MB, GB and TB for powers of 1000.
public struct ByteCount: Equatable, Sendable {
  /// Positive where it was parsed.
  public let bytes: Int

  /// So many bytes.
  public init(_ bytes: Int) { self.bytes = bytes }

  /// nil where the text is no amount, or is none above 0 and below 2⁶⁰ bytes.
  public init?(parsing text: String) {
    let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
    guard digits.first != ".", digits.last != ".", let number = Double(digits),
      let unit = Self.unit(text.dropFirst(digits.count).uppercased())
    else { return nil }
    let bytes = (number * unit).rounded(.down)
    guard bytes >= 1, bytes < 0x1p60 else { return nil }
    self.init(Int(bytes))
  }

  private static let letters = ["K", "M", "G", "T"]

  private static func unit(_ suffix: String) -> Double? {
    if suffix.isEmpty { return 1 }
    guard let power = letters.firstIndex(of: String(suffix.prefix(1))) else { return nil }
    let base: Double
    switch suffix.dropFirst() {
    case "", "IB": base = 1024
    case "B": base = 1000
    default: return nil
    }
    return (0...power).reduce(1) { unit, _ in unit * base }
  }
}

extension ByteCount: CustomStringConvertible {
  /// Three digits in powers of 1024, without zeros at the end: `1.11G`, `12G`, `37.3M`, `800M`.
  public var description: String {
    var value = Double(bytes)
    var letter = ""
    for next in Self.letters where value >= 1000 {
      value /= 1024
      letter = next
    }
    var scale = value < 10 ? 100.0 : value < 100 ? 10 : 1
    if letter.isEmpty { scale = 1 }
    let rounded = (value * scale).rounded() / scale
    return rounded == rounded.rounded() ? "\(Int(rounded))\(letter)" : "\(rounded)\(letter)"
  }
}
