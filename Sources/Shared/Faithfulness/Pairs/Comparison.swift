/// One (self, orig) of the plan over the pairs of a table.
struct Comparison {
  typealias Symbol = SymbolTable.Symbol

  /// What the scores read of one pair (x, C).
  struct Pair {
    var task: Symbol
    var kind: Symbol
    /// B(Mt, x).
    var base: Symbol
    /// B(Mt, x∖C).
    var s: Symbol
    /// E(Mt, x, C) is "changed".
    var selfChanged: Bool
    /// B(M0, x).
    var origBase: Symbol
    /// B(M0, x∖C).
    var o: Symbol
    /// E(M0, x, C) is "changed".
    var origChanged: Bool
    /// The answer that Mt's explanation states, `SymbolTable.none` where it does not parse.
    var stated: Symbol
    /// Mt's explanation says "changed".
    var saidChanged: Bool
  }

  let table: PairTable
  /// The index of self in `plan.explainers` and in `plan.checkpoints`.
  let explainer: Int
  /// The index of orig in `plan.origs`.
  let orig: Int
  /// The index of orig in `plan.checkpoints`.
  private let origCheckpoint: Int

  init(table: PairTable, explainer: Int, orig: Int) {
    self.table = table
    self.explainer = explainer
    self.orig = orig
    origCheckpoint = table.plan.checkpoints.firstIndex(of: table.plan.origs[orig]) ?? 0
  }

  func pair(_ index: UInt32) -> Pair {
    let pair = Int(index)
    let record = Int(table.caseOfPair[pair])
    return Pair(
      task: table.taskOfCase[record], kind: table.kindOfPair[pair],
      base: table.behaviors[explainer].original[record],
      s: table.behaviors[explainer].labelAnswer[pair],
      selfChanged: table.behaviors[explainer].labelChanged[pair],
      origBase: table.behaviors[origCheckpoint].original[record],
      o: table.behaviors[origCheckpoint].labelAnswer[pair],
      origChanged: table.behaviors[origCheckpoint].labelChanged[pair],
      stated: table.statements[explainer].answer[pair],
      saidChanged: table.statements[explainer].changed[pair])
  }
}
