/// The scores of a set of pairs, and of its resamples the ends of their 95 % intervals.
struct ScoreEstimates: Sendable {
  let scores: Scores
  private let low: Scores
  private let high: Scores

  init(_ scores: Scores, replicates: [Scores]) {
    self.scores = scores
    var (low, high) = (Scores(ItemTally()), Scores(ItemTally()))
    for path in Scores.ratios {
      let interval = Interval(middle: replicates.compactMap { $0[keyPath: path] })
      low[keyPath: path] = interval?.low
      high[keyPath: path] = interval?.high
    }
    self.low = low
    self.high = high
  }

  subscript(score: KeyPath<Scores, Double?>) -> Estimate {
    var interval: Interval?
    if let low = low[keyPath: score], let high = high[keyPath: score] {
      interval = Interval(low: low, high: high)
    }
    return Estimate(value: scores[keyPath: score], interval: interval)
  }
}

extension Scores {
  /// Every score that has an interval.
  static var ratios: [WritableKeyPath<Scores, Double?>] {
    let answers: [WritableKeyPath<Scores.Answers, Double?>] = [
      \.selfAccuracy, \.origAccuracy, \.gap, \.gapOverNull,
    ]
    let sets: [WritableKeyPath<Scores, Scores.Answers>] = [\.all, \.whereChanged, \.whereUnchanged]
    return sets.flatMap { set in answers.map { set.appending(path: $0) } } + [
      \.divergedSelf, \.divergedOrig, \.divergedNeither, \.exactSelf, \.exactOrig, \.saidChanged,
      \.changedSelf.precision, \.changedSelf.recall, \.changedSelf.f1, \.changedSelf.macroF1,
      \.changedOrig.precision, \.changedOrig.recall, \.changedOrig.f1, \.changedOrig.macroF1, \.valid,
      \.agreement,
    ]
  }
}
