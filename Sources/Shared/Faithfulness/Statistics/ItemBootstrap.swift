import Streams

/// The bootstrap over source items (Efron 1979; the cluster bootstrap): as many items as there are, drawn
/// with replacement, each with all its pairs.
struct ItemBootstrap {
  private let items: ItemProfiles
  private let profileDraw: ProfileDraw

  /// - Parameter sampler: for at least as many trials as there are items.
  init(_ items: ItemProfiles, sampler: CountSampler) {
    self.items = items
    profileDraw = ProfileDraw(items.profiles.map(\.items), sampler: sampler)
  }

  /// The counts of one resample.
  func resample(_ random: inout CounterRandom) -> ItemTally {
    var sum = ItemTally()
    for (profile, times) in zip(items.profiles, profileDraw.next(&random)) where times > 0 {
      sum.add(profile.tally, times: times)
    }
    return sum
  }

  /// Every score with its 95 % percentile interval; a score undefined in a resample (D may be empty there) is
  /// left out of that resample.
  func estimates(resamples: Int, seed: UInt64) -> ScoreEstimates {
    var random = CounterRandom(seed: seed, "bootstrap")
    let replicates = (0..<resamples).map { _ in Scores(resample(&random)) }
    return ScoreEstimates(Scores(items.total), replicates: replicates)
  }
}
