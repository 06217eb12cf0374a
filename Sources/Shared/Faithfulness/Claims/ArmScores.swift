/// The scores of an arm against one orig: means over its checkpoints, and on D shares of the diverged pairs
/// of all its checkpoints together.
struct ArmScores {
  private(set) var selfAccuracy = 0.0
  private(set) var origAccuracy = 0.0
  private(set) var gap = 0.0
  private(set) var nullGap = 0.0
  private(set) var gapOverNull = 0.0
  private(set) var agreement = 0.0
  /// Exact match with E(Mt, x, C), less that with E(M0, x, C).
  private(set) var exactGap = 0.0
  /// The mean size of D.
  let diverged: Double
  /// nil where no checkpoint has a diverged pair.
  let divergedSelf: Double?
  let divergedOrig: Double?
  let divergedNeither: Double?

  /// - Parameter checkpoints: the counts of each checkpoint, not empty; one that was drawn twice is there
  ///   twice.
  init(_ checkpoints: [ItemTally]) {
    func sum(_ count: ItemTally.Count) -> Int { checkpoints.reduce(0) { $0 + $1[count] } }
    let divergedPairs = sum(.diverged)
    let (selfRight, origRight) = (sum(.divergedSelf), sum(.divergedOrig))
    diverged = Double(divergedPairs) / Double(checkpoints.count)
    divergedSelf = ratio(selfRight, divergedPairs)
    divergedOrig = ratio(origRight, divergedPairs)
    divergedNeither = ratio(divergedPairs - selfRight - origRight, divergedPairs)
    let weight = 1 / Double(checkpoints.count)
    for tally in checkpoints {
      let scores = Scores(tally)
      selfAccuracy += weight * (scores.all.selfAccuracy ?? 0)
      origAccuracy += weight * (scores.all.origAccuracy ?? 0)
      gap += weight * (scores.all.gap ?? 0)
      nullGap += weight * (scores.all.nullGap ?? 0)
      gapOverNull += weight * (scores.all.gapOverNull ?? 0)
      agreement += weight * (scores.agreement ?? 0)
      exactGap += weight * ((scores.exactSelf ?? 0) - (scores.exactOrig ?? 0))
    }
  }
}
