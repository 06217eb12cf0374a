import ArgumentParser
import Glibc
import Streams

/// Runs a tool and ends the process: the one place that turns errors into a line on stderr and an exit status.
///
/// A command throws `ToolError` from `run()` and `ValidationError` from `validate()`.
///
/// - Parameter subcommands: commands that the first argument names in place of the tool's own, each by one word. Not
///   ArgumentParser's subcommands, where the tool's own options would be those of one more subcommand, missing in its
///   `--help`.
public func runTool<Command: ParsableCommand>(
  _ command: Command.Type, subcommands: [String: any ParsableCommand.Type] = [:]
) -> Never {
  reserveStandardDescriptors()
  Interruption.install()
  // A write beyond the limit of files (ulimit -f) is an error of its own then, and not the end.
  signal(SIGXFSZ, SIG_IGN)
  Diagnostics.tool = command._commandName
  var arguments = Array(processArguments.dropFirst())
  var chosen: any ParsableCommand.Type = command
  if let subcommand = arguments.first.flatMap({ subcommands[$0] }) {
    chosen = subcommand
    arguments.removeFirst()
  }
  if let unknown = unknownSubcommand(arguments.first, of: chosen, among: subcommands.keys.sorted()) {
    Diagnostics.error(unknown)
    exit(ExitStatus.usage.rawValue)
  }
  let status = exitStatus(of: chosen, arguments: arguments)
  if let signal = status.signal { Interruption.endProcess(by: signal) }
  exit(status.rawValue)
}

/// What is said of a first argument that is neither an option nor the name of a subcommand, where the command
/// takes no operands, or it looks like a subcommand's name and is no file's; nil for any other.
private func unknownSubcommand(
  _ argument: String?, of command: any ParsableCommand.Type, among names: [String]
) -> String? {
  guard let argument, !names.isEmpty, argument.first?.isLetter == true else { return nil }
  let meant = UnknownOption.meant(by: argument, among: names)
  let mayBeFile = meant == nil || fileExists(argument)
  guard !mayBeFile || (try? CommandDescription(command))?.takesOperands == false else { return nil }
  let hint = meant.map { ". Did you mean '\($0)'?" } ?? ""
  return "Unknown command '\(argument)'\(hint) (commands: \(names.joined(separator: ", ")))"
}

/// Runs a tool with these arguments (without the program's name), reports its error, and gives its exit status.
public func exitStatus<Command: ParsableCommand>(of command: Command.Type, arguments: [String])
  -> ExitStatus
{
  do {
    try runParsed(command, arguments)
    return .ok
  } catch {
    Diagnostics.drawBar(nil)
    // A reader that left is not a failure.
    if error.status != .ok { Diagnostics.error(error.description) }
    return error.status
  }
}

private func runParsed<Command: ParsableCommand>(_ command: Command.Type, _ arguments: [String])
  throws(ToolError)
{
  var parsed: any ParsableCommand
  do {
    parsed = try command.parseAsRoot(ConfigFile.expand(arguments, for: command))
  } catch {
    if !(error is ToolError), command.exitCode(for: error) != .success,
      let unknown = UnknownOption(in: arguments, of: command)
    {
      let hint = unknown.meant.map { ". Did you mean '\($0)'?" } ?? ""
      throw ToolError(.usage, "Unknown option '\(unknown.name)'\(hint) (see \(command._commandName) --help)")
    }
    return try conclude(command, error, otherwise: .usage)
  }
  do {
    try parsed.run()
  } catch {
    try conclude(command, error, otherwise: .failedRun)
  }
}

/// Prints what was asked for (`--help`, `--version`), which ArgumentParser throws as errors, or throws the error as
/// a `ToolError`.
private func conclude<Command: ParsableCommand>(
  _ command: Command.Type, _ error: any Error, otherwise status: ExitStatus
) throws(ToolError) {
  if let error = error as? ToolError { throw error }
  if command.exitCode(for: error) == .success {
    return try OutputFile(path: nil).write(command.fullMessage(for: error) + "\n")
  }
  let message = command.message(for: error)
  if status == .usage || error is ValidationError {
    throw ToolError(.usage, "\(message) (see \(command._commandName) --help)")
  }
  throw ToolError(status, message)
}
