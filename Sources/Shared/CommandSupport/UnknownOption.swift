import ArgumentParser
import Streams

/// The first option of a command line that its command does not have, and the one that was likely meant:
/// `--modle`, `--Batch_Size`, `-model`, or `—model` as word processors write dashes. ArgumentParser says
/// first which options are missing, where a mistyped one is the reason.
package struct UnknownOption {
  /// As it was given, with its dashes.
  package let name: String
  /// With its dashes; nil where none is near.
  package let meant: String?

  /// What other programs call options that ours call otherwise.
  private static let synonyms = [
    "learning-rate": "lr", "batch": "batch-size", "bs": "batch-size",
    "num-steps": "steps", "max-steps": "steps", "iterations": "steps", "num-epochs": "epochs",
    "num-train-epochs": "epochs", "lora-rank": "rank", "lora-r": "rank", "r": "rank", "lora-alpha": "alpha",
    "target-modules": "modules", "wd": "weight-decay", "max-grad-norm": "clip", "grad-clip": "clip",
    "warmup-steps": "warmup", "lr-scheduler-type": "schedule", "scheduler": "schedule", "dtype": "precision",
    "base-model": "model", "model-path": "model", "checkpoint": "model", "lora": "adapter", "name": "as",
    "out": "output", "output-dir": "output", "n": "limit", "num-samples": "limit", "max-samples": "limit",
    "data": "input", "dataset": "input", "url": "server", "base-url": "server", "workers": "threads",
    "num-workers": "threads", "jobs": "concurrency", "overwrite": "force", "silent": "quiet",
    "template": "chat-template", "eval-steps": "eval-every", "save-steps": "save-every",
  ]

  /// nil where the command has every option of the line.
  package init?<Command: ParsableCommand>(in arguments: [String], of command: Command.Type) {
    guard let description = try? CommandDescription(command) else { return nil }
    var isValue = false
    for argument in arguments.prefix(while: { $0 != "--" }) {
      defer { isValue = isValue ? false : Self.takesNext(argument, description) }
      guard !isValue, let name = Self.name(of: argument, description) else { continue }
      self.name = String(argument.prefix { $0 != "=" })
      let plain = name.lowercased().replacing("_", with: "-")
      meant = Self.meant(by: plain, among: description.parameters.flatMap(\.longNames)).map { "--\($0)" }
      return
    }
    return nil
  }

  /// The name, without dashes, of an option that the command does not have; nil for any other argument.
  private static func name(of argument: String, _ description: CommandDescription) -> String? {
    let name = argument.drop { "-–—−".contains($0) }.prefix { $0 != "=" }
    guard name.first?.isLetter == true else { return nil }
    if argument.hasPrefix("--") {
      let isKnown = description.parameter(long: String(name)) != nil || name.hasPrefix("experimental-")
      return isKnown ? nil : String(name)
    }
    if argument.hasPrefix("-") {
      // Short ones may stand together.
      let isShort = description.parameter(short: String(name.prefix(1))) != nil
      return isShort || name.count < 2 ? nil : String(name)
    }
    return argument.first.map { "–—−".contains($0) } == true ? String(name) : nil
  }

  /// Whether the argument is an option whose value is the next one.
  private static func takesNext(_ argument: String, _ description: CommandDescription) -> Bool {
    guard argument.hasPrefix("-"), !argument.contains("=") else { return false }
    if argument.hasPrefix("--") {
      return description.parameter(long: String(argument.dropFirst(2)))?.isFlag == false
    }
    return argument.last.flatMap { description.parameter(short: String($0)) }?.isFlag == false
  }

  /// What of the known names a mistyped one is likely to mean; nil where none is near.
  static func meant(by name: String, among known: [String]) -> String? {
    if let synonym = synonyms[name], known.contains(synonym) { return synonym }
    let near = known.map { (name: $0, distance: distance(Array(name.utf8), Array($0.utf8))) }
      .filter { $0.distance <= max(1, $0.name.utf8.count / 3) }
    if let nearest = near.min(by: { $0.distance < $1.distance }) { return nearest.name }
    let longer = known.filter { name.utf8.count > 2 && ($0.hasPrefix(name) || name.hasPrefix("\($0)-")) }
    return longer.count == 1 ? longer[0] : nil
  }

  /// Letters put in, left out, changed, or two of them exchanged.
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var rows = [Array(0...b.count)]
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var best = min(row[j] + 1, rows[i][j + 1] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, rows[i - 1][j - 1] + 1) }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
