import Streams

/// Draws how often each profile of items is in a resample: as many items as there are, with replacement.
struct ProfileDraw {
  private let frequencies: [Int]
  private let itemCount: Int
  private let sampler: CountSampler
  /// Profiles up to this index are drawn as binomial counts; the items of the rest one by one, which is
  /// faster for profiles of few items.
  private let frequentProfiles: Int
  /// The profile of every item that is drawn one by one.
  private let rareItems: [UInt32]

  /// - Parameters:
  ///   - frequencies: how many items have each profile, in descending order.
  ///   - sampler: for at least as many trials as there are items.
  init(_ frequencies: [Int], sampler: CountSampler) {
    let worthwhile = 8
    self.frequencies = frequencies
    self.sampler = sampler
    itemCount = frequencies.reduce(0, +)
    frequentProfiles = frequencies.firstIndex { $0 < worthwhile } ?? frequencies.count
    rareItems = frequencies.indices[frequentProfiles...].flatMap { profile in
      repeatElement(UInt32(profile), count: frequencies[profile])
    }
  }

  func next(_ random: inout CounterRandom) -> [Int32] {
    var drawn = [Int32](repeating: 0, count: frequencies.count)
    var open = itemCount
    var left = itemCount
    for (index, items) in frequencies[..<frequentProfiles].enumerated() {
      let count = sampler.binomial(trials: open, marked: items, of: left, &random)
      drawn[index] = Int32(count)
      open -= count
      left -= items
    }
    guard !rareItems.isEmpty else { return drawn }
    // Uniform indices by the method of Lemire (2019) on 32 bits: two from each 64 random bits.
    let bound = UInt32(rareItems.count)
    let threshold = (0 &- bound) % bound
    while open > 0 {
      let bits = random.next()
      for half in [UInt32(truncatingIfNeeded: bits), UInt32(bits >> 32)] where open > 0 {
        let product = half.multipliedFullWidth(by: bound)
        guard product.low >= threshold else { continue }
        drawn[Int(rareItems[Int(product.high)])] += 1
        open -= 1
      }
    }
    return drawn
  }
}
