/// A JSON value. Objects keep the order of their keys.
public enum JSON: Equatable, Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case real(Double)
  /// A number as it was read, where `integer` and `real` would be written otherwise: `1.50`, `1e5`, `-0`, or more
  /// digits than 64 bits hold.
  case literal(String)
  case string(String)
  case array([JSON])
  case object(JSONObject)
}

/// An ordered JSON object. Look-up is linear: the objects of a case have few keys.
public struct JSONObject: Equatable, Sendable {
  /// A key with its value.
  public struct Member: Equatable, Sendable {
    /// Unescaped; no other member of the object has it.
    public var key: String
    /// Whatever stands there, null included.
    public var value: JSON
  }

  /// In the order of the text that was read, then as they were set.
  public private(set) var members: [Member] = []

  /// An object without members, `{}`.
  public init() {}

  /// An object with these members, in this order; the keys must differ.
  public init(_ members: KeyValuePairs<String, JSON>) {
    self.members = members.map { Member(key: $0.key, value: $0.value) }
  }

  /// The value of a key. Setting a new key appends it, setting an old one keeps its place, nil removes it.
  public subscript(key: String) -> JSON? {
    get { members.first { $0.key.isExactly(key) }?.value }
    set {
      let index = members.firstIndex { $0.key.isExactly(key) }
      switch (index, newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append(Member(key: key, value: value))
      case (nil, nil): break
      }
    }
  }

  /// Appends without looking for an earlier member of that key; for parsers that have checked.
  package mutating func appendUnchecked(key: String, value: JSON) {
    members.append(Member(key: key, value: value))
  }

  /// Room for that many members, for parsers that know the count.
  mutating func reserveCapacity(_ count: Int) {
    members.reserveCapacity(count)
  }

  /// In the order of the members.
  public var keys: [String] { members.map(\.key) }
  /// Whether there are no members.
  public var isEmpty: Bool { members.isEmpty }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  /// The members in this order; the keys must differ.
  public init(dictionaryLiteral elements: (String, JSON)...) {
    members = elements.map { Member(key: $0.0, value: $0.1) }
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByFloatLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
  ExpressibleByNilLiteral
{
  /// A string literal becomes a string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// An integer literal becomes an integer, not a real number.
  public init(integerLiteral value: Int) { self = .integer(value) }
  /// A boolean literal becomes true or false.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A floating-point literal becomes a real number, whole or not.
  public init(floatLiteral value: Double) { self = .real(value) }
  /// An array literal becomes an array.
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  /// A dictionary literal becomes an object; a key that stands twice keeps its place and takes the later value.
  public init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(elements.reduce(into: JSONObject()) { $0[$1.0] = $1.1 })
  }
  /// The literal nil becomes null; what sets an optional member to nil removes it instead.
  public init(nilLiteral: ()) { self = .null }
}

extension JSON {
  /// nil where this is not a string; numbers are not turned into one.
  public var string: String? { if case .string(let value) = self { value } else { nil } }
  /// The value of a number that is written as an integer and fits 64 bits.
  public var integer: Int? {
    switch self {
    case .integer(let value): value
    case .literal(let text): Int(text)
    default: nil
    }
  }
  /// nil where this is not a boolean; 0 and 1 are not taken for one.
  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  /// nil where this is not an array.
  public var array: [JSON]? { if case .array(let value) = self { value } else { nil } }
  /// nil where this is not an object.
  public var object: JSONObject? { if case .object(let value) = self { value } else { nil } }
  /// Whether this is null, as told from a key that is missing.
  public var isNull: Bool { self == .null }

  /// The value of a number, the nearest one where 64 bits do not hold it; nil for numbers beyond their range.
  public var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .real(let value): value
    case .literal(let text): Double(text).flatMap { $0.isFinite ? $0 : nil }
    default: nil
    }
  }

  /// A member of an object; nil where this is not an object or has no such key.
  public subscript(key: String) -> JSON? { object?[key] }

  /// The type's name as JSON calls it, for messages.
  public var typeName: String {
    switch self {
    case .null: "null"
    case .bool: "boolean"
    case .integer, .real, .literal: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }

  /// The type in a sentence: `a string`, `an object`, `null`.
  public var typeWithArticle: String {
    switch self {
    case .null: "null"
    case .array, .object: "an \(typeName)"
    default: "a \(typeName)"
    }
  }
}
