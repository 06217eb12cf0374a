/// p-values adjusted for being one of several (Holm 1979, "A simple sequentially rejective multiple test
/// procedure"): the family-wise error rate is at most α where those below α count, whatever their dependence.
/// In the order given.
package func holmAdjusted(_ values: [Double]) -> [Double] {
  var adjusted = values
  var largest = 0.0
  for (rank, index) in values.indices.sorted(by: { values[$0] < values[$1] }).enumerated() {
    largest = max(largest, min(1, values[index] * Double(values.count - rank)))
    adjusted[index] = largest
  }
  return adjusted
}

/// The p-values of one row, adjusted for the rows that are tested beside it.
public struct AdjustedTests: Equatable, Sendable {
  /// Rows tested together.
  public var family: Int
  /// Holm-adjusted two-sided p of the sign-flip test.
  public var signFlip: Double
  /// Holm-adjusted one-sided p of the gap over the null.
  public var null: Double
}

extension AdjustedTests {
  /// Adjusts rows as one family. A row that compares a checkpoint with itself tests nothing and is left out.
  static func adjust(_ rows: inout [ScoreRow]) {
    let tested = rows.indices.filter { rows[$0].selfName != rows[$0].origName }
    let signFlip = holmAdjusted(tested.map { rows[$0].tests.signFlip })
    let null = holmAdjusted(tested.map { rows[$0].nullAll?.probability ?? 1 })
    for (place, index) in tested.enumerated() {
      rows[index].adjusted = AdjustedTests(
        family: tested.count, signFlip: signFlip[place], null: null[place])
    }
  }
}
