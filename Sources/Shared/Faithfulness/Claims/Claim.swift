import Streams

/// A comparison of pooled arms that a run is to judge: LEFT is above RIGHT.
public struct Claim: Equatable, Sendable {
  /// Claims of one label are one finding.
  public let label: String
  /// What is said to be above.
  public let left: ClaimSide
  /// What is said to be below. At least one of the two sides is an arm.
  public let right: ClaimSide
  /// The comparison as the user wrote it, without its label.
  public let text: String

  /// The most claims of a run: with more, no p-value of the bootstrap could be significant after Holm's
  /// adjustment.
  public static let limit = Int(Significance.level * Double(Resampling.bootstrapResamples + 1))

  /// Reads `LABEL: LEFT > RIGHT`. The label ends at the first colon. Throws `ToolError` (64) for another
  /// form, and for a side that the vocabulary does not know.
  init(_ text: String, _ vocabulary: ClaimVocabulary) throws(ToolError) {
    func wrong(_ what: String) -> ToolError { ToolError(.usage, "--claim \(text): \(what)") }
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let sides = parts.count == 2 ? parts[1].split(separator: ">", omittingEmptySubsequences: false) : []
    guard sides.count == 2 else { throw wrong("expected LABEL: LEFT > RIGHT") }
    label = trimmed(parts[0])
    guard !label.isEmpty else { throw wrong("the label is empty") }
    let (leftText, rightText) = (trimmed(sides[0]), trimmed(sides[1]))
    self.text = "\(leftText) > \(rightText)"
    do throws(ClaimVocabulary.Unreadable) {
      left = try vocabulary.side(leftText)
      right = try vocabulary.side(rightText)
    } catch {
      throw wrong(error.reason)
    }
    guard left != right else { throw wrong("both sides are the same") }
    if case (.number, .number) = (left, right) { throw wrong("neither side is an arm") }
  }

  /// Whether another claim compares the same under the same label, however it is spelled.
  func isSame(as other: Claim) -> Bool { label == other.label && left == other.left && right == other.right }
}

private func trimmed(_ text: Substring) -> String {
  let start = text.drop(while: \.isWhitespace)
  return String(
    start[..<(start.lastIndex { !$0.isWhitespace }.map { start.index(after: $0) } ?? start.startIndex)])
}
