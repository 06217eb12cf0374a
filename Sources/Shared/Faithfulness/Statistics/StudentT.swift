/// Student's t distribution.
package enum StudentT {
  /// The t below which a share of the distribution lies, from t²/(ν + t²), which is distributed as Beta(½,
  /// ν/2).
  /// - Parameters:
  ///   - share: above 0 and below 1.
  ///   - degrees: of freedom ν, at least 1.
  package static func quantile(_ share: Double, degrees: Int) -> Double {
    let freedom = Double(degrees)
    let y = inverseIncompleteBeta(abs(2 * share - 1), 0.5, freedom / 2)
    let magnitude = (freedom * y / (1 - y)).squareRoot()
    return share < 0.5 ? -magnitude : magnitude
  }
}
