/// A text as templates see it: Unicode scalars, which Python counts, each knowing whether it comes from data.
///
/// The mark stays with a scalar through slicing, splitting, trimming, joining and change of case, so that
/// whoever reads the rendered text can tell what the template wrote from what a conversation said. It never
/// changes what a template computes: comparisons and searches do not see it.
struct Text: Sendable {
  /// A scalar's value, with `dataMark` where it comes from data.
  typealias Unit = UInt32
  static let dataMark: Unit = 1 << 31

  var units: [Unit]

  init(units: [Unit] = []) { self.units = units }

  init(_ string: String, isData: Bool = false) {
    let mark = isData ? Self.dataMark : 0
    units = string.unicodeScalars.map { $0.value | mark }
  }

  var count: Int { units.count }
  var isEmpty: Bool { units.isEmpty }
  var string: String { Self.string(units) }

  /// The values of the scalars, without marks.
  var scalars: [Unit] { units.map(Self.value) }

  static func string(_ units: some Collection<Unit>) -> String {
    var result = String.UnicodeScalarView()
    for unit in units { result.append(Self.scalar(unit)) }
    return String(result)
  }

  static func value(_ unit: Unit) -> Unit { unit & ~dataMark }

  /// Units are made of scalars, so there is always one.
  static func scalar(_ unit: Unit) -> Unicode.Scalar { Unicode.Scalar(value(unit)) ?? "\u{FFFD}" }

  /// As Python's `str.isspace` of a character.
  static func isSpace(_ unit: Unit) -> Bool {
    let scalar = scalar(unit)
    return scalar.properties.isWhitespace || 0x1C...0x1F ~= scalar.value
  }

  static func + (left: Text, right: Text) -> Text { Text(units: left.units + right.units) }
}

extension Text: Equatable, Comparable {
  static func == (left: Text, right: Text) -> Bool {
    left.units.elementsEqual(right.units) { value($0) == value($1) }
  }

  /// By code points, as Python compares.
  static func < (left: Text, right: Text) -> Bool {
    left.units.lexicographicallyPrecedes(right.units) { value($0) < value($1) }
  }
}

extension Text: ExpressibleByStringLiteral {
  init(stringLiteral value: String) { self.init(value) }
}
