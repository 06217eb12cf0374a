/// A rendered text in parts by where they come from.
public struct Rendering: Sendable {
  /// Neighbours differ in where they come from.
  public struct Part: Sendable, Equatable {
    /// Never empty.
    public var text: String
    /// Whether it comes from data rather than from the template.
    public var isData: Bool

    /// A part of that text.
    package init(text: String, isData: Bool) {
      self.text = text
      self.isData = isData
    }
  }
  public let parts: [Part]
  /// What `strftime_now` gave, by format, in the order in which it was asked.
  public let dates: [Date]

  /// A call of `strftime_now`.
  public struct Date: Sendable, Equatable {
    public var format: String
    public var text: String
  }

  private init(parts: [Part], dates: [Date]) {
    self.parts = parts
    self.dates = dates
  }

  init(_ units: [Text.Unit], dates: [Date]) {
    var parts: [Part] = []
    var rest = units[...]
    while let first = rest.first {
      let mark = first & Text.dataMark
      let part = rest.prefix { $0 & Text.dataMark == mark }
      parts.append(Part(text: Text.string(part), isData: mark != 0))
      rest = rest[part.endIndex...]
    }
    self.parts = parts
    self.dates = dates
  }

  /// The whole text.
  public var text: String { parts.map(\.text).joined() }
}

extension Rendering {
  /// What stands behind the last place of a text that comes from data; nil where it does not.
  public func after(_ text: String) -> Rendering? {
    guard let index = parts.lastIndex(where: { $0.isData && $0.text.contains(text) }) else { return nil }
    return Rendering(parts: Array(parts[(index + 1)...]), dates: dates)
  }
}
