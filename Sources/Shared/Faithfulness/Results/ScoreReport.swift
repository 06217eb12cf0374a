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
  /// The explanations of every self on the behaviour of every other; nil unless the plan asks for it.
  public let matrix: CrossMatrix?
  /// A line a checkpoint and task, in the order of the plan's checkpoints, tasks in byte order.
  public let health: [Health]
  /// What the explainers say, a line an explainer and task.
  public let said: [Said]
  /// What explainers say against what they do, a table an explainer and task.
  public let saidAgainstDone: [SaidAgainstDone]
  /// What makes scores doubtful.
  public let warnings: [ReportWarning]
  /// How to read the numbers.
  public let notes: [String]

  /// Scores a table. Throws `ToolError`: 65 where it has no pair or a case lacks a NAME, 130 when
  /// interrupted.
  public init(_ table: PairTable) throws(ToolError) {
    let table = try table.withNamedAnswers()
    let everything = try table.everyPair()
    let sampler = CountSampler(limit: table.pairCount)
    let surfaces = try Self.surfaces(of: table, everything, table.plan.checkpoints.indices)
    let health = Self.health(of: table, everything, surfaces)
    let collapsed = Self.collapsed(health)
    let groups = table.groups(of: everything)
    let truthful = try Self.truthful(table, everything, surfaces, collapsed, sampler)
    let collapsedInGroups = groups.map { group in
      let tasks = Set(group.pairs.map { table.tasks.strings[Int(table.task(ofPair: $0))] })
      return Self.collapsed(health.filter { tasks.contains($0.task) })
    }
    var truthfulInGroups: [[Truthful]] = []
    for (place, group) in groups.enumerated() {
      let surfaces = try Self.surfaces(of: table, group.pairs, table.plan.explainers.indices)
      truthfulInGroups.append(
        try Self.truthful(table, group.pairs, surfaces, collapsedInGroups[place], sampler))
    }
    var rows: [ScoreRow] = []
    var breakdown: [ScoreRow] = []
    for orig in table.plan.origs.indices {
      for explainer in table.plan.explainers.indices {
        try Interruption.check()
        let comparison = Comparison(table: table, explainer: explainer, orig: orig)
        let names = [table.plan.explainers[explainer], table.plan.origs[orig]]
        rows.append(
          ScoreRow(
            comparison, everything, group: nil, truthful: truthful[explainer],
            collapsed: names.filter(collapsed.contains), sampler: sampler))
        for (place, group) in groups.enumerated() {
          try Interruption.check()
          breakdown.append(
            ScoreRow(
              comparison, group.pairs, group: group.value, truthful: truthfulInGroups[place][explainer],
              collapsed: names.filter(collapsedInGroups[place].contains), sampler: sampler))
        }
      }
    }
    arms = try Self.arms(of: table, everything, surfaces, collapsed, sampler)
    findings = try Finding.all(of: table, everything, collapsed: collapsed, sampler)
    matrix = table.plan.hasMatrix ? try CrossMatrix(table, everything, sampler: sampler) : nil
    if let matrix {
      for index in rows.indices where matrix.names.contains(rows[index].selfName) {
        rows[index].verdict = rows[index].verdict.held(against: matrix)
      }
    }
    Self.adjust(&rows)
    Self.adjust(&breakdown)
    plan = table.plan
    cases = table.cases
    pairs = table.pairCount
    items = table.itemCount
    self.rows = rows
    self.breakdown = breakdown
    self.health = health
    said = Said.all(of: table)
    warnings = Self.warnings(health, said, rows)
    saidAgainstDone = SaidAgainstDone.all(of: table)
    notes = Self.notes(table, rows)
  }

  /// The checkpoints whose behaviour has collapsed on a task.
  private static func collapsed(_ health: [Health]) -> Set<String> {
    Set(health.filter(\.isCollapsed).map(\.checkpoint))
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

  /// What readers of the surface guess, by checkpoint.
  static func surfaces(
    of table: PairTable, _ selection: [UInt32], _ checkpoints: Range<Int>
  ) throws(ToolError) -> [SurfaceGuesses] {
    var surfaces: [SurfaceGuesses] = []
    for checkpoint in checkpoints {
      try Interruption.check()
      surfaces.append(SurfaceGuesses(table, checkpoint: checkpoint, selection))
    }
    return surfaces
  }

  /// By explainer.
  private static func truthful(
    _ table: PairTable, _ selection: [UInt32], _ surfaces: [SurfaceGuesses], _ collapsed: Set<String>,
    _ sampler: CountSampler
  ) throws(ToolError) -> [Truthful] {
    var verdicts: [Truthful] = []
    for (explainer, name) in table.plan.explainers.enumerated() {
      try Interruption.check()
      verdicts.append(
        Truthful(
          [GuessedPairs(table, explainer: explainer, selection, surfaces[explainer])], of: table, selection,
          collapsed: [name].filter(collapsed.contains), sampler: sampler))
    }
    return verdicts
  }

  private static func arms(
    of table: PairTable, _ selection: [UInt32], _ surfaces: [SurfaceGuesses], _ collapsed: Set<String>,
    _ sampler: CountSampler
  ) throws(ToolError) -> [ArmRow] {
    var rows: [[ArmRow]] = []
    for arm in table.plan.arms {
      try Interruption.check()
      let explainers = arm.names.compactMap(table.plan.explainers.firstIndex)
      let truthful = Truthful(
        explainers.map { GuessedPairs(table, explainer: $0, selection, surfaces[$0]) }, of: table, selection,
        collapsed: arm.names.filter(collapsed.contains), sampler: sampler)
      rows.append(
        table.plan.origs.enumerated().map { orig, origName in
          ArmRow(
            arm, origName: origName,
            explainers.map { Comparison(table: table, explainer: $0, orig: orig) }, selection,
            truthful: truthful, collapsed: (arm.names + [origName]).filter(collapsed.contains),
            sampler: sampler)
        })
    }
    return table.plan.origs.indices.flatMap { orig in rows.map { $0[orig] } }
  }

  /// A line a checkpoint and task, tasks in byte order.
  static func health(
    of table: PairTable, _ selection: [UInt32], _ surfaces: [SurfaceGuesses]
  ) -> [Health] {
    zip(table.plan.checkpoints, surfaces).enumerated().flatMap { index, checkpoint in
      let readings = checkpoint.1.readings(table, selection)
      return table.tasks.sorted.compactMap { task in
        table.health.tallies[index][task].flatMap { tally in
          Health(
            tally, checkpoint: checkpoint.0, task: table.tasks.strings[Int(task)], answers: table.answers,
            surface: readings[task] ?? [])
        }
      }
    }
  }
}
