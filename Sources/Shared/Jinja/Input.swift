import Streams

/// What a template is given to read.
public indirect enum Input: Sendable {
  /// Of whoever chose the template: its strings count as the template's own.
  case json(JSON)
  /// Text of data, which stays told from what the template wrote.
  case data(String)
  case list([Input])
  case object(KeyValuePairs<String, Input>)
}

/// A variable of a template.
public struct Variable: Sendable {
  var name: String
  var value: Input

  /// The value is what the template reads under the name.
  public init(_ name: String, _ value: Input) {
    self.name = name
    self.value = value
  }
}

extension Value {
  init(_ input: Input) {
    switch input {
    case .json(let json): self.init(json)
    case .data(let string): self = .text(Text(string, isData: true))
    case .list(let elements): self = .list(Items(elements.map { Value($0) }))
    case .object(let pairs): self = .dictionary(Pairs(pairs.map { (.text(Text($0.key)), Value($0.value)) }))
    }
  }

  private init(_ json: JSON) {
    switch json {
    case .null: self = .none
    case .bool(let value): self = .bool(value)
    case .integer(let value): self = .integer(value)
    case .real(let value): self = .real(value)
    case .literal: self = json.integer.map { .integer($0) } ?? .real(json.number ?? .infinity)
    case .string(let value): self = .text(Text(value))
    case .array(let elements): self = .list(Items(elements.map { Value($0) }))
    case .object(let object):
      self = .dictionary(Pairs(object.members.map { (.text(Text($0.key)), Value($0.value)) }))
    }
  }
}
