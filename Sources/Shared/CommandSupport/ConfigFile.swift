import ArgumentParser
import Streams

/// `--config FILE`: a JSON object whose members stand for options, `{"lr": 1e-3, "explain": ["a", "b"],
/// "force": true}`. Its keys are the long names of the command's options.
///
/// The members become arguments before those of the command line. An option that the command line has is not
/// taken from the file at all, so that it wins even where it may be repeated.
public enum ConfigFile {
  /// The arguments with those of the config file that they name, if they do, before them.
  /// - Throws: `ToolError`: 66 where the file is missing, 65 where it is not a JSON object, 64 for an unknown key or
  ///   a value that does not fit.
  public static func expand<Command: ParsableCommand>(_ arguments: [String], for command: Command.Type)
    throws(ToolError) -> [String]
  {
    guard let path = path(in: arguments) else { return arguments }
    let value = try JSON.parse(file: path)
    try ProtectedInputs.add(path)
    guard let object = value.object else {
      throw .badData(
        "a config file must be a JSON object, this is \(value.typeWithArticle)",
        at: SourcePosition(file: path))
    }
    let description = try CommandDescription(command)
    let given = namesGiven(in: arguments, description)
    var expanded: [String] = []
    for member in object.members {
      func wrong(_ reason: String) -> ToolError {
        ToolError(.usage, "key \"\(member.key)\" \(reason)", at: SourcePosition(file: path))
      }
      guard let parameter = description.parameter(long: member.key), !unusable.contains(member.key) else {
        throw wrong("is not an option that a config file can set")
      }
      guard !given.contains(description.positiveName(member.key)) else { continue }
      let inverse = "no-\(member.key)"
      if parameter.isFlag, member.value == false, description.parameter(long: inverse) != nil {
        expanded.append("--\(inverse)")
      } else {
        expanded += try Self.arguments(member.key, member.value, parameter, wrong)
      }
    }
    return expanded + arguments
  }

  private static let unusable: Set = ["config", "help", "version"]

  /// The value of the last `--config`.
  private static func path(in arguments: [String]) -> String? {
    let options = arguments.prefix { $0 != "--" }
    let prefix = "--config="
    guard let index = options.lastIndex(where: { $0 == "--config" || $0.hasPrefix(prefix) }) else {
      return nil
    }
    if options[index] != "--config" { return String(options[index].dropFirst(prefix.count)) }
    return index + 1 < options.count ? options[index + 1] : nil
  }

  /// The long names of all options that the command line has, those of inverse flags without their `no-`.
  private static func namesGiven(in arguments: [String], _ description: CommandDescription) -> Set<String> {
    var names: Set<String> = []
    for argument in arguments.prefix(while: { $0 != "--" }) {
      if argument.hasPrefix("--") {
        let name = argument.dropFirst(2).prefix { $0 != "=" }
        names.insert(description.positiveName(String(name)))
      } else if argument.hasPrefix("-") {
        // A cluster: flags, then perhaps an option with its value.
        for letter in argument.dropFirst() {
          guard let parameter = description.parameter(short: String(letter)) else { break }
          names.formUnion(parameter.longNames.map(description.positiveName))
          if !parameter.isFlag { break }
        }
      }
    }
    return names
  }

  /// One member as arguments. `--name=value` in one word, so that a value may begin with a dash.
  private static func arguments(
    _ key: String, _ value: JSON, _ parameter: CommandDescription.Parameter, _ wrong: (String) -> ToolError
  ) throws(ToolError) -> [String] {
    switch value {
    case .null: return []
    case .bool(let isOn) where parameter.isFlag: return isOn ? ["--\(key)"] : []
    case _ where parameter.isFlag: throw wrong("must be true or false")
    case .string(let text): return ["--\(key)=\(text)"]
    case .bool, .integer, .real, .literal:
      return ["--\(key)=\(String(decoding: try value.serialized(), as: UTF8.self))"]
    case .array(let elements) where parameter.isRepeating:
      var expanded: [String] = []
      for element in elements {
        if case .array = element { throw wrong("must not hold lists in a list") }
        expanded += try arguments(key, element, parameter, wrong)
      }
      return expanded
    case .array: throw wrong("takes one value, not a list")
    case .object: throw wrong("must not be an object")
    }
  }
}
