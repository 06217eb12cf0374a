import ArgumentParser
import Streams

/// The named options and flags of a command, as ArgumentParser describes them to other programs
/// (`--experimental-dump-help`).
struct CommandDescription {
  struct Parameter {
    /// Without dashes.
    var longNames: [String] = []
    var shortNames: [String] = []
    /// Flags take no value.
    var isFlag: Bool
    var isRepeating: Bool
  }

  let parameters: [Parameter]
  /// Whether there are arguments without a name, such as files.
  let takesOperands: Bool

  init<Command: ParsableCommand>(_ command: Command.Type) throws(ToolError) {
    // Underscored, and so no promise: ArgumentParser has no public way to list a command's options. It prints this
    // text for `--experimental-dump-help`. Package.swift names the exact version, because another may change it.
    let description = try JSON.parse(command._dumpHelp())
    let arguments = description["command"]?["arguments"]?.array ?? []
    parameters = arguments.compactMap(Self.parameter)
    takesOperands = arguments.contains { $0["kind"]?.string == "positional" }
  }

  func parameter(long name: String) -> Parameter? {
    parameters.first { $0.longNames.contains(name) }
  }

  func parameter(short name: String) -> Parameter? {
    parameters.first { $0.shortNames.contains(name) }
  }

  /// The name of which a name is the inverse, `shuffle` for `no-shuffle`; the name itself where it is none.
  func positiveName(_ name: String) -> String {
    let rest = String(name.dropFirst(3))
    return name.hasPrefix("no-") && parameter(long: rest) != nil ? rest : name
  }

  private static func parameter(_ argument: JSON) -> Parameter? {
    guard let kind = argument["kind"]?.string, kind != "positional" else { return nil }
    var parameter = Parameter(isFlag: kind == "flag", isRepeating: argument["isRepeating"]?.bool ?? false)
    for name in argument["names"]?.array ?? [] {
      guard let text = name["name"]?.string else { continue }
      if name["kind"]?.string == "short" {
        parameter.shortNames.append(text)
      } else {
        parameter.longNames.append(text)
      }
    }
    return parameter
  }
}
