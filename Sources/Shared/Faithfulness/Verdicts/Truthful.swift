/// Whether what an explainer says is what it does, more often than guessing could be right.
public struct Truthful: Sendable {
  /// Self against one guess.
  public struct Contrast: Sendable {
    /// What guesses.
    public let guess: Guess
    /// How often the guess is s.
    public let value: Double
    /// Self less the guess.
    public let margin: Estimate
    /// One-sided bootstrap p: (1 + resamples whose margin is not above 0) / (1 + resamples).
    public let probability: Double
    /// Holm-adjusted over the guesses.
    public fileprivate(set) var adjusted: Double
    /// The standard deviation of the resamples' margins; nil where they do not differ.
    public let standardError: Double?
  }

  /// mean[e = s].
  public let selfAccuracy: Double
  /// Pairs that each explainer is scored on.
  public let pairs: Int
  /// In the order of `Guess`, not empty.
  public let contrasts: [Contrast]
  /// Why nothing is decided, each a short phrase.
  public let reasons: [String]

  /// The guess that is right most often; the first of several.
  public var best: Contrast {
    contrasts.dropFirst().reduce(contrasts[0]) { $1.value > $0.value ? $1 : $0 }
  }

  /// Whether self is above the best guess: its margin's interval above 0, adjusted p < 0.05. Too few pairs
  /// and collapsed behaviour come first: they decide nothing.
  public var outcome: Judgement {
    guard reasons.isEmpty else { return .undecided }
    return ResampledDifference.isAbove(best.margin) && best.adjusted < Significance.level
      ? .holds : .doesNotHold
  }

  /// The smallest margin over the best guess that would be found with 80 % power.
  public var detectable: Double? { ResampledDifference.detectable(best.standardError) }
}

extension Truthful {
  /// - Parameters:
  ///   - explainers: what is pooled, at least one.
  ///   - selection: pair indices, those of an item together; not empty.
  ///   - collapsed: those of the explainers whose behaviour has collapsed.
  init(
    _ explainers: [GuessedPairs], of table: PairTable, _ selection: [UInt32], collapsed: [String],
    sampler: CountSampler
  ) {
    let bootstrap = MarginBootstrap(explainers, of: table, selection, sampler: sampler)
    let replicates = bootstrap.resamples(Resampling.bootstrapResamples, seed: table.plan.seed)
    var contrasts = bootstrap.guesses.enumerated().map { place, guess in
      let margin = ResampledDifference(bootstrap.margins[place], resamples: replicates.map { $0[place] })
      return Contrast(
        guess: guess, value: bootstrap.accuracies[place], margin: margin.estimate,
        probability: margin.probability, adjusted: margin.probability, standardError: margin.standardError)
    }
    for (place, adjusted) in holmAdjusted(contrasts.map(\.probability)).enumerated() {
      contrasts[place].adjusted = adjusted
    }
    self.contrasts = contrasts
    selfAccuracy = bootstrap.selfAccuracy
    pairs = selection.count
    reasons =
      Verdict.tooFew(pairs: selection.count, items: bootstrap.itemCount)
      + collapsed.map { "\($0) has collapsed to one answer" }
  }
}
