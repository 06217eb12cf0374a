/// The p-values of one row, adjusted for the rows that are tested beside it.
public struct AdjustedTests: Equatable, Sendable {
  /// Rows tested together.
  public var family: Int
  /// Holm-adjusted two-sided p of the sign-flip test.
  public var signFlip: Double
  /// Holm-adjusted one-sided p of the gap over the null.
  public var null: Double
}
