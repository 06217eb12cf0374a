import Cases
import Streams

/// What a run of xp-score compares: every self with every orig, and the baseline explainer with every orig.
public struct ScoringPlan: Equatable, Sendable {
  /// The explainers Mt, in the order of the table's rows.
  public let selves: [String]
  /// The target models M0.
  public let origs: [String]
  /// An explainer to compare with, usually the untrained M0; the last row of each table.
  public let baseline: String?
  /// The split that is scored; rows without a split are scored too.
  public let split: Split
  /// What the breakdown is by; nil for none.
  public let groupKey: GroupKey?
  /// Of the bootstrap and of the permutation null; nothing else is random.
  public let seed: UInt64
  /// Sets of selves that are pooled, such as the seeds of one recipe.
  public let arms: [Arm]
  /// Comparisons of arms that are judged.
  public let claims: [Claim]
  /// Whether the explanations of every self are scored on the behaviour of every other.
  public let hasMatrix: Bool

  /// Throws `ToolError` (64) where a list is empty or names a checkpoint twice, an arm names another than a
  /// self, a claim cannot be read, or a matrix would have one row.
  /// - Parameter texts: the claims, each `LABEL: LEFT > RIGHT`.
  public init(
    selves: [String], origs: [String], baseline: String? = nil, split: Split = .test,
    groupKey: GroupKey? = nil, seed: UInt64 = 0, arms: [Arm] = [],
    claims texts: [String] = [], hasMatrix: Bool = false
  ) throws(ToolError) {
    for (flag, names) in [("--self", selves), ("--orig", origs)] {
      guard !names.isEmpty else { throw ToolError(.usage, "missing \(flag) NAME") }
      for (index, name) in names.enumerated() where names[..<index].contains(name) {
        throw ToolError(.usage, "\(flag) \(name) is given twice")
      }
    }
    if let baseline, selves.contains(baseline) {
      throw ToolError(.usage, "--baseline \(baseline) is a --self too")
    }
    for (index, arm) in arms.enumerated() {
      if arms[..<index].contains(where: { $0.label == arm.label }) {
        throw ToolError(.usage, "--arm \(arm.label) is given twice")
      }
      for name in arm.names where !selves.contains(name) {
        throw ToolError(.usage, "--arm \(arm.label) names \(name), which is no --self")
      }
    }
    guard !hasMatrix || selves.count > 1 else {
      throw ToolError(.usage, "--matrix needs two --self at least")
    }
    let vocabulary = ClaimVocabulary(
      arms: arms + (baseline.map { [Arm(checkpoint: $0)] } ?? []), origs: origs)
    var claims: [Claim] = []
    for text in texts {
      let claim = try Claim(text, vocabulary)
      if claims.contains(where: claim.isSame) { throw ToolError(.usage, "--claim \(text) is given twice") }
      claims.append(claim)
    }
    guard claims.count <= Claim.limit else {
      throw ToolError(
        .usage,
        "\(claims.count) --claim, at most \(Claim.limit) can be significant together after Holm's adjustment")
    }
    self.claims = claims
    self.hasMatrix = hasMatrix
    self.arms = arms
    self.selves = selves
    self.origs = origs
    self.baseline = baseline
    self.split = split
    self.groupKey = groupKey
    self.seed = seed
  }

  /// The behaviour of two checkpoints side by side, without explanations. They are the plan's origs.
  /// Throws `ToolError` (64) where both are one.
  public init(
    behaviorsOf first: String, _ second: String, split: Split = .test, groupKey: GroupKey? = nil,
    seed: UInt64 = 0
  ) throws(ToolError) {
    guard first != second else { throw ToolError(.usage, "--agreement names \(first) twice") }
    selves = []
    origs = [first, second]
    baseline = nil
    self.split = split
    self.groupKey = groupKey
    self.seed = seed
    arms = []
    claims = []
    hasMatrix = false
  }

  /// Whether a case is of the scored split, or of none.
  public func selects(_ record: Case) -> Bool { record.split == nil || record.split == split }

  /// The checkpoints whose explanations are read.
  package var explainers: [String] { selves + (baseline.map { [$0] } ?? []) }

  /// Every checkpoint, the explainers first; a checkpoint's index in the table.
  package var checkpoints: [String] { explainers + origs.filter { !explainers.contains($0) } }
}

/// What `--by` groups pairs by: a feature's `kind`, or the value at a dotted path into the record such as
/// `task` or `source.dataset`.
public struct GroupKey: Equatable, Sendable {
  /// The largest number of groups; more are a mistake, such as grouping by id.
  public static let limit = 1_000

  /// As the user gave it.
  public let text: String

  /// Whether records have such a key shows only when they are read.
  public init(_ text: String) {
    self.text = text
  }

  /// The group of a pair; nil where the record has no such key, or null there. Throws `ToolError` (65) for an
  /// object or an array.
  func value(of record: Case, _ feature: Feature) throws(ToolError) -> String? {
    if text == "kind" { return feature.kind }
    var value: JSON? = .object(record.json)
    for key in text.split(separator: ".", omittingEmptySubsequences: false) { value = value?[String(key)] }
    switch value {
    case nil, .null: return nil
    case .string(let string): return string
    case .integer(let integer): return String(integer)
    case .real(let real): return String(real)
    case .literal(let text): return text
    case .bool(let bool): return String(bool)
    case .array, .object:
      throw .badData("key \"\(text)\" is \(value?.typeWithArticle ?? ""), which --by cannot group by")
    }
  }
}
