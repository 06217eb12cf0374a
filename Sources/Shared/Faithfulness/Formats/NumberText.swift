import Streams

/// A number with so many decimals; never "-0.000".
package func fixed(_ value: Double, _ decimals: Int) -> String {
  var scale = 1.0
  for _ in 0..<decimals { scale *= 10 }
  let scaled = (value * scale).rounded()
  guard scaled.magnitude < 1e15 else { return "\(value)" }
  let digits = String(Int(scaled.magnitude))
  let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
  let sign = scaled < 0 ? "-" : ""
  return decimals == 0
    ? sign + padded : sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
}

/// A score to three decimals, `–` where it is undefined.
package func score(_ value: Double?) -> String { value.map { fixed($0, 3) } ?? "–" }

/// A score with its interval: `0.715 [0.690, 0.741]`.
package func score(_ estimate: Estimate) -> String {
  score(estimate.value) + (estimate.interval.map { " " + range($0) } ?? "")
}

package func range(_ interval: Interval) -> String {
  "[\(fixed(interval.low, 3)), \(fixed(interval.high, 3))]"
}

/// A difference, with its sign unless it is zero.
package func signed(_ value: Double?) -> String {
  value.map { ($0 >= 0.0005 ? "+" : "") + fixed($0, 3) } ?? "–"
}

/// A difference with its interval.
package func signed(_ estimate: Estimate) -> String {
  signed(estimate.value) + (estimate.interval.map { " " + range($0) } ?? "")
}

/// A p-value: `= 0.0123`, or `< 0.0001`.
package func probability(_ value: Double) -> String { value < 0.0001 ? "< 0.0001" : "= \(fixed(value, 4))" }

/// A p-value for a table: `0.0123`, or `<0.0001`.
package func probabilityCell(_ value: Double?) -> String {
  value.map { $0 < 0.0001 ? "<0.0001" : fixed($0, 4) } ?? "–"
}

/// A share in percent, without decimals where there are none.
package func percent(_ share: Double) -> String {
  let text = fixed(share * 100, 1)
  return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + " %"
}

/// A mean of counts: with a decimal only where it has one.
package func meanCount(_ mean: Double) -> String {
  let whole = Int(mean.rounded())
  return Double(whole) == mean ? grouped(whole) : fixed(mean, 1)
}
