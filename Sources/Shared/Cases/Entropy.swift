import Foundation

/// Shannon entropy of a distribution given by counts, in bits.
package func shannonEntropy(of counts: [Int]) -> Double {
  let total = Double(counts.reduce(0, +))
  // Sorted, so that the sum does not depend on the order of the counts.
  return counts.sorted().filter { $0 > 0 }.reduce(0) { sum, count in
    let share = Double(count) / total
    return sum - share * log2(share)
  }
}
