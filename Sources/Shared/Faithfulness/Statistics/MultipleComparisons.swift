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
