/// How many items that weigh alike a mean rests on: (Σ c²)² / Σ c⁴ of what the items add to it (the inverse of the
/// kurtosis about 0). 0 where nothing is added.
/// - Parameter contributions: what an item adds, and how many items add that.
func effectiveItems(_ contributions: some Sequence<(value: Double, items: Int)>) -> Double {
  var (squares, fourths) = (0.0, 0.0)
  for (value, items) in contributions {
    let square = value * value
    squares += square * Double(items)
    fourths += square * square * Double(items)
  }
  return fourths > 0 ? squares * squares / fourths : 0
}
