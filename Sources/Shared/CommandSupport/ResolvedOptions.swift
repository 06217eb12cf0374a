import ArgumentParser
import Streams

/// A property of a command that holds a parsed value.
private protocol ParsedProperty {
  var parsedValue: Any { get }
}

extension Option: ParsedProperty { fileprivate var parsedValue: Any { wrappedValue } }
extension Flag: ParsedProperty { fileprivate var parsedValue: Any { wrappedValue } }
extension Argument: ParsedProperty { fileprivate var parsedValue: Any { wrappedValue } }
extension OptionGroup: ParsedProperty { fileprivate var parsedValue: Any { wrappedValue } }

/// Options of which a property cannot be called as its flag is.
public protocol RenamedOptions: ParsableArguments {
  /// The flag, without dashes, by property: `["selves": "self"]`.
  static var manifestNames: [String: String] { get }
}

/// All options of a parsed command with the values that they have, defaults among them, for its manifest.
/// A key is the flag: the property's name, written with hyphens as on the command line (`maxErrors` is `max-errors`),
/// or what `RenamedOptions` says.
public func resolvedOptions(of command: some ParsableArguments) -> JSONObject {
  var options = JSONObject()
  let names = (type(of: command) as? any RenamedOptions.Type)?.manifestNames ?? [:]
  for child in Mirror(reflecting: command).children {
    // The storage of a property that has a wrapper is named with an underscore.
    guard let property = child.value as? any ParsedProperty, let name = child.label?.dropFirst() else {
      continue
    }
    if let group = property.parsedValue as? any ParsableArguments {
      for member in resolvedOptions(of: group).members { options[member.key] = member.value }
    } else {
      options[names[String(name)] ?? hyphenated(name)] = json(property.parsedValue)
    }
  }
  return options
}

private func hyphenated(_ name: Substring) -> String {
  name.map { $0.isUppercase ? "-\($0.lowercased())" : String($0) }.joined()
}

private func json(_ value: Any) -> JSON {
  switch value {
  case let value as Bool: return .bool(value)
  case let value as Double: return value.isFinite ? .real(value) : .string(value.description)
  case let value as Float: return json(Double(value))
  case let value as any BinaryInteger: return Int(exactly: value).map { .integer($0) } ?? .string("\(value)")
  case let value as String: return .string(value)
  case let value as [Any]: return .array(value.map(json))
  case let value as any RawRepresentable: return json(value.rawValue)
  default:
    let mirror = Mirror(reflecting: value)
    guard mirror.displayStyle == .optional else { return .string(String(describing: value)) }
    return mirror.children.first.map { json($0.value) } ?? .null
  }
}
