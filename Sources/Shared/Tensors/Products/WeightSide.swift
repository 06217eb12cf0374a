/// Which product a weight w [out × in] is laid out for.
enum WeightSide {
  /// y = x·wᵀ: the layer itself.
  case forward
  /// dx = dy·w: the gradient of its input.
  case backward
}
