import Streams

/// Claims of one label, judged together.
public struct Finding: Sendable {
  /// The label that its claims share, such as `F1`.
  public let label: String
  /// Not empty.
  public let claims: [ClaimResult]

  /// It holds where all its claims hold, and does not where one does not.
  public var outcome: Judgement {
    let outcomes = Set(claims.map(\.outcome))
    return outcomes.contains(.doesNotHold)
      ? .doesNotHold : outcomes.contains(.undecided) ? .undecided : .holds
  }
}

extension Finding {
  /// The plan's findings, in the order of their first claims. Throws `ToolError` (130) when interrupted.
  static func all(
    of table: PairTable, _ selection: [UInt32], collapsed: Set<String>, _ sampler: CountSampler
  ) throws(ToolError) -> [Finding] {
    var results: [ClaimResult] = []
    for claim in table.plan.claims {
      try Interruption.check()
      results.append(ClaimResult(claim, table, selection, collapsed: collapsed, sampler: sampler))
    }
    for (index, adjusted) in holmAdjusted(results.map(\.probability)).enumerated() {
      results[index].adjusted = adjusted
    }
    var labels: [String] = []
    for claim in table.plan.claims where !labels.contains(claim.label) { labels.append(claim.label) }
    return labels.map { label in
      Finding(label: label, claims: results.filter { $0.claim.label == label })
    }
  }
}
