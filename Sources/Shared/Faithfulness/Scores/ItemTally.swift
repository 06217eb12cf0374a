/// What the scores count, summed over pairs (x, C). For one pair: s = B(Mt, x∖C), o = B(M0, x∖C), e = the
/// answer that Mt's explanation states.
///
/// The counts of a source item are one vector of integers, so that resampling items is adding vectors, and
/// items with the same counts have one profile.
package struct ItemTally: Hashable, Sendable {
  /// As many as the vector of counts has lanes: one more would trap, and wants a wider vector.
  package enum Count: Int, CaseIterable {
    case pairs
    /// The explanation parsed.
    case valid
    /// e = s.
    case selfRight
    /// s ≠ o: the pair is in D.
    case diverged
    /// In D and e = s.
    case divergedSelf
    /// In D and e = o.
    case divergedOrig
    /// Answer and "changed" both as in E(Mt, x, C).
    case exactSelf
    /// Answer and "changed" both as in E(M0, x, C).
    case exactOrig
    /// The explanation says "changed".
    case saidChanged
    /// E(Mt, x, C) is "changed": s ≠ B(Mt, x).
    case selfChanged
    /// E(M0, x, C) is "changed": o ≠ B(M0, x).
    case origChanged
    /// Says "changed", and E(Mt) is.
    case saidChangedSelf
    /// Says "changed", and E(M0) is.
    case saidChangedOrig
    /// Among pairs where Mt's answer changes: e = s.
    case selfRightWhereChanged
    /// Among pairs where Mt's answer changes: e = o.
    case origRightWhereChanged
    /// Among pairs where Mt's answer changes: s ≠ o.
    case divergedWhereChanged
  }

  /// Expected right answers when explanations are permuted within their stratum, in units of `unit`. As many as their
  /// vector has lanes.
  package enum Expectation: Int, CaseIterable {
    /// Expected [e = s].
    case selfRight
    /// Expected [e = o].
    case origRight
    /// `selfRight` among pairs where Mt's answer changes.
    case selfRightWhereChanged
    /// `origRight` among pairs where Mt's answer changes.
    case origRightWhereChanged
  }

  /// Expectations are kept in fixed point: sums of integers do not depend on the order of the stream.
  static let unit = 4_294_967_296.0

  private var counts = SIMD16<Int32>()
  private var expectations = SIMD4<Int64>()

  /// How many there is room for, which a test holds against the cases.
  package static var lanes: (counts: Int, expectations: Int) {
    (SIMD16<Int32>.scalarCount, SIMD4<Int64>.scalarCount)
  }

  package init() {}

  package subscript(_ count: Count) -> Int {
    get { Int(counts[count.rawValue]) }
    set { counts[count.rawValue] = Int32(newValue) }
  }

  package subscript(expected expectation: Expectation) -> Int {
    get { Int(expectations[expectation.rawValue]) }
    set { expectations[expectation.rawValue] = Int64(newValue) }
  }

  /// Pairs with e = o: where s = o it is right for both, elsewhere for one at most.
  var origRight: Int { self[.selfRight] - self[.divergedSelf] + self[.divergedOrig] }

  /// Pairs right for self − pairs right for orig.
  var gap: Int { self[.divergedSelf] - self[.divergedOrig] }

  /// The gap less what permuted explanations are expected to have, in pairs.
  var gapOverNull: Double {
    Double(gap) - Double(self[expected: .selfRight] - self[expected: .origRight]) / Self.unit
  }

  /// Adds `times` copies of another tally. A table has too few pairs for the counts to overflow.
  mutating func add(_ other: ItemTally, times: Int32 = 1) {
    counts &+= other.counts &* times
    expectations &+= other.expectations &* Int64(times)
  }

  /// A total order that depends on the counts alone.
  static func precedes(_ left: ItemTally, _ right: ItemTally) -> Bool {
    for index in 0..<lanes.counts where left.counts[index] != right.counts[index] {
      return left.counts[index] < right.counts[index]
    }
    for index in 0..<lanes.expectations where left.expectations[index] != right.expectations[index] {
      return left.expectations[index] < right.expectations[index]
    }
    return false
  }
}
