import Cases
import Foundation
import Streams

/// What a checkpoint did on a stream of cases, task by task: how its answers are spread, how often removal
/// changes them, and whether that leaves anything to explain.
public struct BehaviorSummary {
  /// Where one answer makes up this share, a constant tells as much as an explanation.
  public static let constantShare = 0.95

  private struct Tally {
    var cases = 0
    var changed = 0
    var original = AnswerCounts()
    var counterfactual = AnswerCounts()
    var pairs: Int { counterfactual.total }
  }

  private let name: String
  private var tallies: [String: Tally] = [:]

  /// - Parameter name: the NAME whose behaviours are looked at.
  public init(name: String) { self.name = name }

  /// Takes in a labelled case. Throws `ToolError` (65) where its behaviours have another shape.
  public mutating func add(_ record: Case) throws(ToolError) {
    guard let behavior = try record.behavior(of: name) else { return }
    var tally = tallies[record.task] ?? Tally()
    tally.cases += 1
    tally.original.add(behavior.original.answer, among: record.readout.answers)
    for feature in record.features {
      guard let label = ExplanationLabel(behavior, featureID: feature.id) else { continue }
      tally.counterfactual.add(label.answer, among: record.readout.answers)
      if label.changed { tally.changed += 1 }
    }
    tallies[record.task] = tally
  }

  /// A line on each task, then a warning where there is nothing to explain.
  public var lines: [String] {
    tallies.sorted { $0.key < $1.key }.flatMap { task, tally in
      let reasons = Self.nothingToExplain(tally).joined(separator: "; ")
      let warning = "warning: \(name) leaves nothing to explain in \(task): \(reasons)"
      return reasons.isEmpty ? [line(task, tally)] : [line(task, tally), warning]
    }
  }

  /// For manifests: counts by answer, entropy in bits, share changed, and `nothing_to_explain`, a list of
  /// reasons.
  public var json: JSONObject {
    var object = JSONObject()
    for (task, tally) in tallies.sorted(by: { $0.key < $1.key }) {
      object[task] = [
        "cases": .integer(tally.cases), "pairs": .integer(tally.pairs),
        "original": Self.json(tally.original), "counterfactual": Self.json(tally.counterfactual),
        "changed": tally.pairs == 0 ? .null : .real(Double(tally.changed) / Double(tally.pairs)),
        "nothing_to_explain": .array(Self.nothingToExplain(tally).map { .string($0) }),
      ]
    }
    return object
  }

  private func line(_ task: String, _ tally: Tally) -> String {
    var line = "\(name) on \(task): " + Self.text(tally.original, of: "x")
    if tally.pairs > 0 {
      line += "; " + Self.text(tally.counterfactual, of: "x∖C")
      line += "; removal changes \(Self.percent(tally.changed, of: tally.pairs))"
    }
    return line
  }

  private static func text(_ answers: AnswerCounts, of input: String) -> String {
    let counts = answers.named
    guard let (answer, share) = mostCommon(counts) else { return "no \(input)" }
    let total = counts.values.reduce(0, +)
    return "\(total) \(input), most often \(quoted(answer)) (\(percent(share)), "
      + String(format: "%.2f bits)", shannonEntropy(of: Array(counts.values)))
  }

  private static func json(_ answers: AnswerCounts) -> JSON {
    let counts = answers.named
    var object = JSONObject()
    for (answer, count) in counts.sorted(by: { $0.key < $1.key }) { object[answer] = .integer(count) }
    let mostCommon = mostCommon(counts)
    return [
      "answers": .object(object), "most_common": mostCommon.map { .string($0.answer) } ?? .null,
      "share": mostCommon.map { .real($0.share) } ?? .null,
      "entropy_bits": .real(shannonEntropy(of: Array(counts.values))),
    ]
  }

  private static func nothingToExplain(_ tally: Tally) -> [String] {
    guard tally.pairs > 0 else { return [] }
    var reasons: [String] = []
    for (counts, input) in [(tally.original.named, "x"), (tally.counterfactual.named, "x∖C")] {
      guard let (answer, share) = mostCommon(counts), share >= constantShare else { continue }
      reasons.append("\(percent(share)) of the answers on \(input) are \(quoted(answer))")
    }
    if tally.changed == 0 { reasons.append("removal changes no answer") }
    if tally.changed == tally.pairs { reasons.append("removal changes every answer") }
    return reasons
  }

  /// Ties go to the first in byte order.
  private static func mostCommon(_ counts: [String: Int]) -> (answer: String, share: Double)? {
    let total = counts.values.reduce(0, +)
    let best = counts.min { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
    return best.map { ($0.key, Double($0.value) / Double(total)) }
  }

  private static func percent(_ part: Int, of whole: Int) -> String {
    percent(Double(part) / Double(whole))
  }
  /// A share that is not quite all, or not quite none, is not rounded to it.
  private static func percent(_ share: Double) -> String {
    let rounded = (share * 100).rounded()
    if rounded == 100, share < 1 { return "over 99 %" }
    if rounded == 0, share > 0 { return "under 1 %" }
    return "\(Int(rounded)) %"
  }

  /// An answer can be a sentence.
  private static func quoted(_ answer: String) -> String {
    answer.count > 40 ? "\"\(answer.prefix(39))…\"" : "\"\(answer)\""
  }
}
