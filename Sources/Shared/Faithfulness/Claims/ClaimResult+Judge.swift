extension ClaimResult {
  /// Judges a claim.
  /// - Parameters:
  ///   - selection: pair indices, those of an item together.
  ///   - collapsed: checkpoints whose behaviour has collapsed.
  init(
    _ claim: Claim, _ table: PairTable, _ selection: [UInt32], collapsed: Set<String>, sampler: CountSampler
  ) {
    let quantities = [claim.left, claim.right].compactMap(\.quantity)
    let sides = quantities.map { quantity in
      CrossedBootstrap.Side(
        arm: quantity.arm == quantities[0].arm ? 0 : 1, columns: quantity.columns(table, selection))
    }
    let bootstrap = CrossedBootstrap(sides, of: table, selection, sampler: sampler)
    let whole = bootstrap.whole
    let replicates = bootstrap.resamples(Resampling.bootstrapResamples, seed: table.plan.seed)
    let left = SideSample(claim.left, at: 0, whole, replicates)
    let right = SideSample(claim.right, at: quantities.count - 1, whole, replicates)
    // A resample without a diverged pair has no share of D, so it is no sign of a difference above 0.
    let judged = ResampledDifference(
      subtract(left.result.estimate.value, right.result.estimate.value),
      resamples: zip(left.values, right.values).map(subtract))

    self.claim = claim
    pairs = selection.count
    self.left = left.result
    self.right = right.result
    difference = judged.estimate
    standardError = judged.standardError
    probability = judged.probability
    adjusted = probability
    let tooFew = Verdict.tooFew(pairs: selection.count, items: bootstrap.itemCount)
    // As for the verdict of an arm: a gap over the null that is shown, alone, must rest on more than a few items.
    let isShown = quantities.map(\.measure) == [.gapOverNull] && ResampledDifference.isAbove(difference)
    let restsOnFew = tooFew.isEmpty && isShown
    reasons = Self.reasons(
      restsOnFew ? Verdict.tooFew(effectiveItems: bootstrap.effectiveItems(ofSide: 0)) : tooFew,
      [left.result, right.result], collapsed)
  }

  /// Why a claim stays open, whatever its numbers.
  private static func reasons(
    _ tooFew: [String], _ sides: [ClaimSideResult], _ collapsed: Set<String>
  ) -> [String] {
    var reasons = tooFew
    func add(_ reason: String) {
      if !reasons.contains(reason) { reasons.append(reason) }
    }
    for side in sides {
      guard let quantity = side.side.quantity, let diverged = side.diverged else { continue }
      if quantity.measure.restsOnDiverged, diverged < Double(Verdict.fewestDiverged) {
        add(
          "|D| of \(quantity.arm.label) against \(quantity.origName) = \(meanCount(diverged)), fewer than "
            + "\(Verdict.fewestDiverged)")
      }
    }
    for quantity in sides.compactMap(\.side.quantity) {
      let names = quantity.arm.names + (quantity.measure.restsOnOrig ? [quantity.origName] : [])
      for name in names where collapsed.contains(name) { add("\(name) has collapsed to one answer") }
    }
    return reasons
  }
}

/// One side of a claim in every resample.
private struct SideSample {
  let result: ClaimSideResult
  /// nil where there is no diverged pair to take a share of.
  let values: [Double?]

  /// - Parameter index: the side's place in `whole` and in every replicate, where it is an arm.
  init(_ side: ClaimSide, at index: Int, _ whole: [ArmScores], _ replicates: [[ArmScores]]) {
    switch side {
    case .number(let number):
      values = replicates.map { _ in number }
      result = ClaimSideResult(side: side, estimate: Estimate(value: number, interval: nil), diverged: nil)
    case .arm(let quantity):
      values = replicates.map { quantity.measure.value($0[index]) }
      result = ClaimSideResult(
        side: side,
        estimate: Estimate(
          value: quantity.measure.value(whole[index]), interval: Interval(middle: values.compactMap { $0 })),
        diverged: whole[index].diverged)
    }
  }
}

private func subtract(_ left: Double?, _ right: Double?) -> Double? {
  guard let left, let right else { return nil }
  return left - right
}

extension ArmQuantity {
  /// What is counted, a column a checkpoint of the arm.
  fileprivate func columns(_ table: PairTable, _ selection: [UInt32]) -> [CrossedBootstrap.Column] {
    guard let orig = table.plan.origs.firstIndex(of: origName) else { return [] }
    return arm.names.compactMap { name in
      table.plan.explainers.firstIndex(of: name).map {
        measure.column(Comparison(table: table, explainer: $0, orig: orig), selection)
      }
    }
  }
}
