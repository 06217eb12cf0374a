extension OneDNN: ProductBackend {
  static func frozen(_ weight: Matrix, _ side: WeightSide, _ precision: ProductPrecision) -> (any Factor)? {
    PackedFactor(weight, side, precision)
  }

  static func trained(_ weight: Matrix, _ precision: ProductPrecision) -> Sides? {
    guard let weight = TrainedWeight(weight, precision: precision) else { return nil }
    return Sides(
      forward: TrainedFactor(weight: weight, side: .forward),
      backward: TrainedFactor(weight: weight, side: .backward))
  }
}
