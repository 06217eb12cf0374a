/// The exact distribution of T = Σ ± dᵢ over signs drawn independently, each + with probability π.
///
/// With π = ½ and dᵢ = (pairs of item i that side with self) − (pairs that side with orig) this is the null
/// distribution of the sign-flip permutation test over items (Fisher 1935, "The Design of Experiments", §21),
/// all 2ᵏ flips counted instead of sampled. With every |dᵢ| = 1 it is the exact McNemar test.
struct SignFlipDistribution {
  /// Σ |dᵢ|, the largest value of T. T has the same parity.
  let total: Int
  /// `probabilities[i]` belongs to T = 2 · (`lowest` + i) − `total`.
  private let lowest: Int
  private let probabilities: [Double]

  /// - Parameters:
  ///   - magnitudes: how many items have each |d| > 0, by |d|.
  ///   - positive: π, in 0...1.
  init(magnitudes: [Int: Int], positive: Double = 0.5) {
    var total = 0
    var lowest = 0
    var sum = [1.0]
    for (magnitude, count) in magnitudes.sorted(by: { $0.key < $1.key }) {
      total += magnitude * count
      let heads = BinomialWindow(trials: count, success: positive)
      lowest += magnitude * heads.lowest
      var next = [Double](repeating: 0, count: sum.count + magnitude * (heads.probabilities.count - 1))
      for (j, weight) in heads.probabilities.enumerated() {
        for (i, probability) in sum.enumerated() { next[i + magnitude * j] += probability * weight }
      }
      sum = next
    }
    self.total = total
    self.lowest = lowest
    probabilities = sum
  }

  /// P(T ≥ t).
  func probability(atLeast threshold: Int) -> Double {
    var sum = 0.0
    // From the far end, so that small terms are added first.
    for index in probabilities.indices.reversed() {
      guard 2 * (lowest + index) - total >= threshold else { break }
      sum += probabilities[index]
    }
    return min(1, sum)
  }

  /// P(|T| ≥ |t|), the two-sided p-value of an observed t; meant for π = ½.
  func twoSided(_ observed: Int) -> Double {
    observed == 0 ? 1 : min(1, 2 * probability(atLeast: abs(observed)))
  }
}

/// The probabilities of a binomial distribution around its mode, as far as they can matter: terms below
/// 1e-290 of the mode's are left out, so that a p-value holds its relative accuracy down to about 1e-280.
private struct BinomialWindow {
  /// `probabilities[i]` is P(X = `lowest` + i).
  let lowest: Int
  let probabilities: [Double]

  init(trials: Int, success: Double) {
    guard success > 0, success < 1 else {
      lowest = success > 0 ? trials : 0
      probabilities = [1]
      return
    }
    let odds = success / (1 - success)
    let mode = min(trials, Int(Double(trials + 1) * success))
    let negligible = 1e-290
    var upper: [Double] = []
    var term = 1.0
    for k in mode..<max(mode, trials) {
      term *= odds * Double(trials - k) / Double(k + 1)
      if term < negligible { break }
      upper.append(term)
    }
    var lower: [Double] = []
    term = 1.0
    for k in stride(from: mode, to: 0, by: -1) {
      term *= Double(k) / (odds * Double(trials - k + 1))
      if term < negligible { break }
      lower.append(term)
    }
    lowest = mode - lower.count
    let terms = lower.reversed() + [1] + upper
    let sum = terms.reduce(0, +)
    probabilities = terms.map { $0 / sum }
  }
}

/// The two tests of self against orig, and what they counted.
public struct GapTests: Equatable, Sendable {
  /// Two-sided p of the sign-flip permutation test over items.
  public var signFlip: Double
  /// Two-sided p of the exact McNemar test, which takes pairs as independent.
  public var mcNemar: Double
  /// Pairs where the explanation sides with self only.
  public var selfOnly: Int
  /// Pairs where the explanation sides with orig only.
  public var origOnly: Int

  /// - Parameters:
  ///   - itemDifferences: items by (pairs right for self − pairs right for orig).
  ///   - selfOnly: pairs with e = s ≠ o.
  ///   - origOnly: pairs with e = o ≠ s.
  public init(itemDifferences: [Int: Int], selfOnly: Int, origOnly: Int) {
    self.selfOnly = selfOnly
    self.origOnly = origOnly
    signFlip = SignFlipDistribution(magnitudes: magnitudes(of: itemDifferences)).twoSided(selfOnly - origOnly)
    let discordant = selfOnly + origOnly
    mcNemar = SignFlipDistribution(magnitudes: discordant == 0 ? [:] : [1: discordant])
      .twoSided(selfOnly - origOnly)
  }
}

/// Items by |d|, those with d = 0 left out.
func magnitudes(of itemDifferences: [Int: Int]) -> [Int: Int] {
  var counts: [Int: Int] = [:]
  for (difference, items) in itemDifferences where difference != 0 {
    counts[abs(difference), default: 0] += items
  }
  return counts
}
