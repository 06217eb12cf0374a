/// What is said against what is done: how often the answer that an explainer says with some probability is
/// the one that it gives.
public struct Calibration: Equatable, Sendable {
  /// Pairs whose likeliest answer is said with a probability from `low` to `high`.
  public struct Bin: Equatable, Sendable {
    /// The least probability of the bin.
    public var low: Double
    /// The bin ends before it, but for the last one, which holds 1.
    public var high: Double
    /// Pairs in the bin.
    public var pairs: Int
    /// The mean probability of the likeliest answer; nil for an empty bin.
    public var probability: Double?
    /// The share whose likeliest answer is s; nil for an empty bin.
    public var right: Double?
  }

  /// Bins of equal width.
  static let binCount = 10

  /// From the least probable on.
  public let bins: [Bin]
  /// The mean distance of the two over pairs (ECE: Guo et al. 2017, with ten bins); nil without pairs.
  public let expectedError: Double?
}

/// The counts behind `Calibration`.
struct CalibrationTally {
  private var pairs = [Int](repeating: 0, count: Calibration.binCount)
  private var right = [Int](repeating: 0, count: Calibration.binCount)
  private var probability = [Int](repeating: 0, count: Calibration.binCount)

  /// Adds a pair.
  mutating func add(probability said: Double, isRight: Bool) {
    let bin = min(Calibration.binCount - 1, Int(said * Double(Calibration.binCount)))
    pairs[bin] += 1
    right[bin] += isRight ? 1 : 0
    probability[bin] += ProbabilityTally.fixed(said)
  }

  var calibration: Calibration {
    let count = Double(Calibration.binCount)
    let bins = pairs.indices.map { bin in
      Calibration.Bin(
        low: Double(bin) / count, high: Double(bin + 1) / count, pairs: pairs[bin],
        probability: ratio(probability[bin], pairs[bin]).map { $0 / ProbabilityTally.unit },
        right: ratio(right[bin], pairs[bin]))
    }
    let total = pairs.reduce(0, +)
    let distance = bins.reduce(0.0) { sum, bin in
      sum + Double(bin.pairs) * abs((bin.probability ?? 0) - (bin.right ?? 0))
    }
    return Calibration(bins: bins, expectedError: total == 0 ? nil : distance / Double(total))
  }
}
