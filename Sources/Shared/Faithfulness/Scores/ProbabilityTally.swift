/// What is summed over pairs whose explanations are read by probability. As in `ItemTally`, sums are
/// integers, real numbers in fixed point, so that they do not depend on the order of the stream.
struct ProbabilityTally: Hashable, Sendable {
  enum Sum: Int {
    case pairs
    /// Pairs in D.
    case diverged
    /// log p(s) − log p(o), in units of `unit`; 0 outside of D.
    case logRatio
    /// The likeliest answer is s.
    case selfRight
    /// The likeliest answer is o.
    case origRight
    /// In D, the likeliest answer is s.
    case divergedSelf
    /// In D, the likeliest answer is o.
    case divergedOrig
    /// The Brier score against s, in units of `unit`.
    case brier
  }

  /// A millionth of a nat is kept, and a million pairs of a thousand nats each do not overflow.
  static let unit = 16_777_216.0

  private var sums = SIMD8<Int64>()

  subscript(_ sum: Sum) -> Int {
    get { Int(sums[sum.rawValue]) }
    set { sums[sum.rawValue] = Int64(newValue) }
  }

  /// A real number in fixed point.
  static func fixed(_ value: Double) -> Int { Int((value * unit).rounded()) }

  mutating func add(_ other: ProbabilityTally) { sums &+= other.sums }

  /// The mean of a sum over a count; nil where that is zero.
  func mean(_ sum: Sum, over count: Sum) -> Double? {
    let scale = sum == .logRatio || sum == .brier ? Self.unit : 1
    return self[count] == 0 ? nil : Double(self[sum]) / scale / Double(self[count])
  }

  /// A total order that depends on the sums alone.
  static func precedes(_ left: ProbabilityTally, _ right: ProbabilityTally) -> Bool {
    for index in 0..<SIMD8<Int64>.scalarCount where left.sums[index] != right.sums[index] {
      return left.sums[index] < right.sums[index]
    }
    return false
  }
}
