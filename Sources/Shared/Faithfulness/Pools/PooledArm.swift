/// An arm of a report that is pooled.
public struct PooledArm: Sendable {
  /// What tells an arm from others of its report.
  public struct Key: Hashable, Sendable {
    public let label: String
    public let orig: String

    /// The arm in a table, with whose labels it is scored against unless that is M0.
    var text: String { label + (orig == "M0" ? "" : "/" + orig) }
  }

  public let key: Key
  /// The NAMEs that it pools.
  public let names: [String]
  /// What it has of each measure; none where its report is of a version that did not measure it.
  let values: [PoolMeasure: Estimate]
  /// What each of its explainers has of each measure, without those that have none.
  let explainers: [PoolMeasure: [Double]]
  /// The mean size of D.
  let diverged: Double?
  /// On D: the share of e = s.
  let divergedSelf: Double?
  /// On D: the share of e = o.
  let divergedOrig: Double?
}

/// A comparison of arms in a report that is pooled.
public struct PooledClaim: Sendable {
  /// What tells a claim from others of its report.
  public struct Key: Hashable, Sendable {
    /// The label of its finding.
    public let finding: String
    /// `LEFT > RIGHT`.
    public let text: String
  }

  public let key: Key
  /// Left less right; nil where a side is undefined.
  let difference: Double?
}

/// How a checkpoint of a report that is pooled behaves on x∖C, in one task.
public struct PooledBehaviour: Sendable {
  public let name: String
  public let task: String
  /// In bits.
  let entropy: Double?
  let mostCommon: String
  let mostCommonShare: Double?
  /// Of the pairs.
  let changed: Double?
  public let isCollapsed: Bool

  /// The most common answer and its share.
  var common: String {
    mostCommon + (mostCommonShare.map { " " + percent($0) } ?? "") + (isCollapsed ? " (collapsed)" : "")
  }
}
