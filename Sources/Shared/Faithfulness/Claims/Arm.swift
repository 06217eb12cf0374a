import Foundation
import Streams

/// Checkpoints that stand for one recipe, such as its seeds: pooled into one row beside their own.
public struct Arm: Equatable, Sendable {
  /// What the arm is called in tables and claims; a checkpoint's own NAME where it stands alone.
  public let label: String
  /// What the arm is plotted against, such as its share of label noise; nil where it was not given.
  public let position: Double?
  /// At least one, each once.
  public let names: [String]

  /// An arm of one checkpoint, by its NAME.
  init(checkpoint name: String) {
    label = name
    position = nil
    names = [name]
  }

  /// Reads `LABEL=NAME,NAME,…` or `LABEL@X=NAME,NAME,…` with a number X. Throws `ToolError` (64) for another
  /// form.
  public init(_ text: String) throws(ToolError) {
    func wrong(_ what: String) -> ToolError { ToolError(.usage, "--arm \(text): \(what)") }
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw wrong("expected LABEL=NAME,NAME,…") }
    names = parts[1].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard !names.contains("") else { throw wrong("a NAME is empty") }
    guard Set(names).count == names.count else { throw wrong("a NAME is there twice") }
    let head = parts[0].split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    guard let label = head.first, !label.isEmpty else { throw wrong("the label is empty") }
    self.label = String(label)
    guard head.count == 2 else {
      position = nil
      return
    }
    guard let number = Double(head[1]), number.isFinite else { throw wrong("\"\(head[1])\" is no number") }
    position = number
  }
}
