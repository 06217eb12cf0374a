import Streams

/// All results of a run, ready for any format.
public struct ScoreReport: Sendable {
  /// What was compared.
  public let plan: ScoringPlan
  /// What was seen of the stream.
  public let cases: PairTable.CaseCounts
  /// Pairs (x, C) of the scored split.
  public let pairs: Int
  /// Source items, the unit of resampling.
  public let items: Int
  /// For each orig, every self in the order given, then the baseline.
  public let rows: [ScoreRow]
  /// The same for each group, in byte order of the groups, pairs without the key last.
  public let breakdown: [ScoreRow]
  /// For each orig, every arm in the order given.
  public let arms: [ArmRow]
  /// What the claims come to, by label.
  public let findings: [Finding]
  /// A line a checkpoint and task, in the order of the plan's checkpoints, tasks in byte order.
  public let health: [Health]
  /// What makes scores doubtful.
  public let warnings: [String]
  /// How to read the numbers.
  public let notes: [String]

  /// Scores a table. Throws `ToolError`: 65 where it has no pair or a case lacks a NAME, 130 when interrupted.
  public init(_ table: PairTable) throws(ToolError) {
    guard table.cases.read > 0 else { throw .badData("no cases") }
    try table.checkIsComplete()
    guard table.cases.selected > 0 else {
      throw .badData("none of \(table.cases.read) cases is of split \(table.plan.split.rawValue)")
    }
    guard table.pairCount > 0 else {
      throw .badData(
        "none of \(table.cases.selected) cases of split \(table.plan.split.rawValue) has a feature")
    }
    let health = Self.health(of: table)
    let collapsed = Set(health.filter(\.isCollapsed).map(\.checkpoint))
    let sampler = CountSampler(limit: table.pairCount)
    let everything = Self.pairsByItem(table)
    let groups = Self.groups(of: everything, table)
    var rows: [ScoreRow] = []
    var breakdown: [ScoreRow] = []
    for orig in table.plan.origs.indices {
      for explainer in table.plan.explainers.indices {
        try Interruption.check()
        let comparison = Comparison(table: table, explainer: explainer, orig: orig)
        let collapsedHere = [table.plan.explainers[explainer], table.plan.origs[orig]]
          .filter(collapsed.contains)
        rows.append(
          ScoreRow(comparison, everything, group: nil, collapsed: collapsedHere, sampler: sampler))
        for group in groups {
          try Interruption.check()
          breakdown.append(
            ScoreRow(
              comparison, group.pairs, group: group.value, collapsed: collapsedHere, sampler: sampler))
        }
      }
    }
    arms = try Self.arms(of: table, everything, sampler)
    findings = try Finding.all(of: table, everything, collapsed: collapsed, sampler)
    Self.adjust(&rows)
    Self.adjust(&breakdown)
    plan = table.plan
    cases = table.cases
    pairs = table.pairCount
    items = table.itemCount
    self.rows = rows
    self.breakdown = breakdown
    self.health = health
    warnings = Self.warnings(health, rows)
    notes = Self.notes(table, rows)
  }

  /// Adjusts rows as one family. A row that compares a checkpoint with itself tests nothing and is left out.
  private static func adjust(_ rows: inout [ScoreRow]) {
    let tested = rows.indices.filter { rows[$0].selfName != rows[$0].origName }
    let signFlip = holmAdjusted(tested.map { rows[$0].tests.signFlip })
    let null = holmAdjusted(tested.map { rows[$0].nullAll?.probability ?? 1 })
    for (place, index) in tested.enumerated() {
      rows[index].adjusted = AdjustedTests(
        family: tested.count, signFlip: signFlip[place], null: null[place])
    }
  }

  private static func arms(
    of table: PairTable, _ selection: [UInt32], _ sampler: CountSampler
  ) throws(ToolError) -> [ArmRow] {
    var rows: [ArmRow] = []
    for (orig, origName) in table.plan.origs.enumerated() {
      for arm in table.plan.arms {
        try Interruption.check()
        let comparisons = arm.names.compactMap { name in
          table.plan.explainers.firstIndex(of: name).map {
            Comparison(table: table, explainer: $0, orig: orig)
          }
        }
        rows.append(ArmRow(arm, origName: origName, comparisons, selection, sampler: sampler))
      }
    }
    return rows
  }

  private static func health(of table: PairTable) -> [Health] {
    zip(table.plan.checkpoints, table.health.tallies).flatMap { checkpoint, tallies in
      table.tasks.sorted.compactMap { task in
        tallies[task].flatMap { tally in
          Health(
            tally, checkpoint: checkpoint, task: table.tasks.strings[Int(task)], answers: table.answers)
        }
      }
    }
  }

  /// All pairs, those of an item together, in the order of the stream within an item (counting sort).
  private static func pairsByItem(_ table: PairTable) -> [UInt32] {
    var starts = [Int](repeating: 0, count: table.itemCount + 1)
    for record in table.caseOfPair { starts[Int(table.itemOfCase[Int(record)]) + 1] += 1 }
    for item in 0..<table.itemCount { starts[item + 1] += starts[item] }
    var order = [UInt32](repeating: 0, count: table.pairCount)
    for (pair, record) in table.caseOfPair.enumerated() {
      let item = Int(table.itemOfCase[Int(record)])
      order[starts[item]] = UInt32(pair)
      starts[item] += 1
    }
    return order
  }

  private static func groups(of pairs: [UInt32], _ table: PairTable) -> [(value: String?, pairs: [UInt32])] {
    guard table.plan.groupKey != nil else { return [] }
    var members: [SymbolTable.Symbol: [UInt32]] = [:]
    for pair in pairs { members[table.groupOfPair[Int(pair)], default: []].append(pair) }
    let named = table.groups.sorted.compactMap { group in
      members[group].map { (value: Optional(table.groups.strings[Int(group)]), pairs: $0) }
    }
    return named + (members[SymbolTable.none].map { [(value: nil, pairs: $0)] } ?? [])
  }
}
