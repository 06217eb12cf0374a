/// What a claim has on one side of its `>`.
public enum ClaimSide: Equatable, Sendable {
  case number(Double)
  case arm(ArmQuantity)

  var quantity: ArmQuantity? {
    guard case .arm(let quantity) = self else { return nil }
    return quantity
  }
}

/// One measure of an arm against one orig.
public struct ArmQuantity: Equatable, Sendable {
  /// The checkpoints that are pooled.
  public let arm: Arm
  /// The target model whose behaviour is orig.
  public let origName: String
  /// What is read of their pooled scores.
  public let measure: ArmMeasure
}
