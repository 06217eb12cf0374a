import Glibc

/// The regularised incomplete beta function Iₓ(a, b), by its continued fraction (Abramowitz and Stegun
/// 26.5.8) and the modified method of Lentz.
/// - Parameters:
///   - x: from 0 to 1.
///   - a: positive.
///   - b: positive.
package func regularizedIncompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
  guard x > 0 else { return 0 }
  guard x < 1 else { return 1 }
  // The fraction converges fast below the distribution's mean only; above it the other tail is taken.
  guard x <= (a + 1) / (a + b + 2) else { return 1 - regularizedIncompleteBeta(1 - x, b, a) }
  let logarithm = a * log(x) + b * log1p(-x) - (lgamma(a).0 + lgamma(b).0 - lgamma(a + b).0)
  return exp(logarithm) / a / incompleteBetaFraction(x, a, b)
}

/// 1 + d₁/(1 + d₂/(1 + …)), to the last bit but a few.
private func incompleteBetaFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
  // Stands for a denominator that is zero.
  let tiny = 1e-300
  var fraction = 1.0
  var (numerators, denominators) = (1.0, 0.0)
  for step in 1..<100_000 {
    let m = Double(step / 2)
    let coefficient =
      step.isMultiple(of: 2)
      ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    denominators = 1 + coefficient * denominators
    if denominators == 0 { denominators = tiny }
    denominators = 1 / denominators
    numerators = 1 + coefficient / numerators
    if numerators == 0 { numerators = tiny }
    let change = numerators * denominators
    fraction *= change
    if abs(change - 1) < 1e-16 { break }
  }
  return fraction
}

/// The x with Iₓ(a, b) = `share`, by bisection until no number lies between.
package func inverseIncompleteBeta(_ share: Double, _ a: Double, _ b: Double) -> Double {
  var (low, high) = (0.0, 1.0)
  while true {
    let middle = (low + high) / 2
    guard low < middle, middle < high else { return high }
    if regularizedIncompleteBeta(middle, a, b) < share { low = middle } else { high = middle }
  }
}
