import KernelInterface

extension Variant {
  /// See `Kernels`.
  public func updateByAdamW(
    parameters: UnsafeMutablePointer<Float>, gradients: UnsafePointer<Float>,
    firstMoment: UnsafeMutablePointer<Float>, secondMoment: UnsafeMutablePointer<Float>, count: Int,
    _ step: AdamWStep
  ) {
    for index in 0..<count {
      let gradient = gradients[index] * step.gradientScale
      firstMoment[index] += (gradient - firstMoment[index]) * (1 - step.firstDecay)
      secondMoment[index] =
        secondMoment[index] * step.secondDecay + gradient * gradient * (1 - step.secondDecay)
      let denominator = secondMoment[index].squareRoot() * step.inverseRoot + step.epsilon
      parameters[index] = parameters[index] * step.shrink - step.stepSize * firstMoment[index] / denominator
    }
  }
}
