import Streams

/// Whether labels that one checkpoint's behaviour gave may be reused to train another: how far the two agree.
public struct ReuseReport: Sendable {
  /// What was read; its two origs are compared.
  public let plan: ScoringPlan
  /// What was seen of the stream.
  public let cases: PairTable.CaseCounts
  /// The agreement that labels need.
  public let threshold: Double
  /// Of the answers on x∖C, over pairs: what labels state.
  public let counterfactual: AgreementShare
  /// The same with kappa, and the agreement to expect by chance.
  public let counterfactualAgreement: Agreement
  /// Of the answers on x, over cases.
  public let original: AgreementShare
  /// The same with kappa.
  public let originalAgreement: Agreement
  /// Of whole labels: the answer on x∖C, and whether it is another than on x.
  public let labels: AgreementShare
  /// By answer, by feature kind, by whether the first checkpoint's answer changes, by task, and by `--by`.
  public let breakdowns: [AgreementBreakdown]
  /// A line a checkpoint and task.
  public let health: [Health]
  /// The conclusion.
  public let verdict: ReuseVerdict

  /// The checkpoint whose behaviour gives labels.
  public var giver: String { plan.origs[0] }
  /// The checkpoint that is to be trained on them.
  public var taker: String { plan.origs[1] }

  /// Compares the two checkpoints of a table (`ScoringPlan(behaviorsOf:…)`). Throws `ToolError`: 65 where it
  /// has no pair, 130 when interrupted.
  public init(_ table: PairTable, threshold: Double) throws(ToolError) {
    let table = try table.withNamedAnswers()
    let everything = try table.everyPair()
    try Interruption.check()
    let sampler = CountSampler(limit: table.pairCount)
    let (first, second) = (table.behaviors[0], table.behaviors[1])
    func record(_ pair: UInt32) -> Int { Int(table.caseOfPair[Int(pair)]) }
    func agrees(_ pair: UInt32) -> Bool { first.labelAnswer[Int(pair)] == second.labelAnswer[Int(pair)] }
    func share(_ selection: [UInt32], _ agrees: (UInt32) -> Bool) -> AgreementShare {
      AgreementShare(table, selection, sampler: sampler, agrees: agrees)
    }
    counterfactual = share(everything, agrees)
    counterfactualAgreement = Agreement(everything) {
      AnswerPair(first.labelAnswer[Int($0)], second.labelAnswer[Int($0)])
    }
    labels = share(everything) {
      agrees($0) && first.labelChanged[Int($0)] == second.labelChanged[Int($0)]
    }
    let onePerCase = table.onePairPerCase(everything)
    original = share(onePerCase) { first.original[record($0)] == second.original[record($0)] }
    originalAgreement = Agreement(onePerCase) {
      AnswerPair(first.original[record($0)], second.original[record($0)])
    }

    breakdowns = AgreementBreakdown.all(of: table, everything) { share($0, agrees) }
    plan = table.plan
    cases = table.cases
    self.threshold = threshold
    let surfaces = try ScoreReport.surfaces(of: table, everything, table.plan.checkpoints.indices)
    let health = ScoreReport.health(of: table, everything, surfaces)
    self.health = health
    verdict = ReuseVerdict(
      counterfactual, chance: counterfactualAgreement.chance,
      collapsed: plan.origs.filter { name in health.contains { $0.checkpoint == name && $0.isCollapsed } },
      threshold: threshold)
  }
}
