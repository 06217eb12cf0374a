import Cases
import Faithfulness
import Streams

/// What is compared, as the options say it together.
extension ScoringOptions {
  /// Throws `ToolError` (64) where names are repeated, where the split or the seed is none, and for options
  /// that do not go together.
  func plan(_ names: RunNames) throws(ToolError) -> ScoringPlan {
    let split = try Split(named: split)
    guard let seed = UInt64(exactly: seed) else { throw ToolError(.usage, "--seed must not be negative") }
    let groupKey = by.map { GroupKey($0) }
    if let agreement {
      return try plan(comparing: agreement, of: names, split: split, groupKey: groupKey, seed: seed)
    }
    guard threshold == nil else { throw ToolError(.usage, "--threshold is for --agreement") }
    let baselines = baseline.map(names.resolved) ?? []
    if let baseline, baselines.count > 1 {
      throw ToolError(
        .usage, "--baseline \(baseline) is of several runs, name one of \(baselines.joined(separator: ", "))")
    }
    var arms: [Arm] = []
    for text in arm { arms.append(try Arm(text)) }
    return try ScoringPlan(
      selves: selves.flatMap(names.resolved), origs: origs.flatMap(names.resolved), baseline: baselines.first,
      split: split, groupKey: groupKey, seed: seed, arms: arms, claims: claim, hasMatrix: matrix)
  }

  /// The plan of `--agreement A,B`.
  private func plan(
    comparing text: String, of names: RunNames, split: Split, groupKey: GroupKey?, seed: UInt64
  ) throws(ToolError) -> ScoringPlan {
    let others = [
      ("--self", !selves.isEmpty), ("--orig", !origs.isEmpty), ("--baseline", baseline != nil),
      ("--arm", !arm.isEmpty), ("--claim", !claim.isEmpty), ("--matrix", matrix),
    ]
    for (flag, isGiven) in others where isGiven {
      throw ToolError(.usage, "\(flag) and --agreement are two runs: one scores, one compares behaviours")
    }
    if let threshold, !(threshold > 0 && threshold < 1) {
      throw ToolError(.usage, "--threshold is \(threshold), expected a share between 0 and 1")
    }
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts.contains("") else {
      throw ToolError(.usage, "--agreement is \"\(text)\", expected two NAMEs: A,B")
    }
    let resolved = parts.map(names.resolved)
    for (name, meant) in zip(parts, resolved) where meant.count > 1 {
      throw ToolError(
        .usage, "--agreement: \(name) is of several runs, name one of \(meant.joined(separator: ", "))")
    }
    return try ScoringPlan(
      behaviorsOf: resolved[0][0], resolved[1][0], split: split, groupKey: groupKey, seed: seed)
  }
}
