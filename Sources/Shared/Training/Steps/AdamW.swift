import Glibc
import KernelChoice
import Tensors

/// AdamW with decoupled weight decay (Loshchilov and Hutter, arXiv:1711.05101) in 32-bit floats, element by
/// element as `torch.optim.AdamW` computes it.
public final class AdamW {
  /// β₁, the decay of the gradient's running mean (contract).
  public static let firstDecay: Float = 0.9
  /// β₂, the decay of the squared gradient's running mean (contract).
  public static let secondDecay: Float = 0.999
  /// ε, added to the corrected root of the second moment (contract).
  public static let epsilon: Float = 1e-8

  /// Running mean of the gradient, zero at first.
  public let firstMoment: FloatStorage
  /// Running mean of the gradient's square, of as many numbers.
  public let secondMoment: FloatStorage
  /// Updates made so far.
  public var step = 0

  /// Both moments are zero; `count` is how many numbers are trained.
  public init(count: Int) {
    firstMoment = FloatStorage(count: count)
    secondMoment = FloatStorage(count: count)
  }

  /// One update of `parameters` by `gradients`, which are multiplied by `gradientScale` first (clipping).
  public func update(
    parameters: FloatStorage, gradients: FloatStorage, gradientScale: Float, learningRate: Double,
    weightDecay: Double, workers: Workers
  ) {
    precondition(parameters.count == firstMoment.count && gradients.count == parameters.count, "sizes agree")
    step += 1
    let firstCorrection = 1 - pow(Double(Self.firstDecay), Double(step))
    let secondCorrection = 1 - pow(Double(Self.secondDecay), Double(step))
    let constants = AdamWStep(
      gradientScale: gradientScale, firstDecay: Self.firstDecay, secondDecay: Self.secondDecay,
      epsilon: Self.epsilon, stepSize: Float(learningRate / firstCorrection),
      inverseRoot: Float(1 / secondCorrection.squareRoot()), shrink: Float(1 - learningRate * weightDecay))
    let (weights, dweights) = (parameters.base, gradients.base)
    let (first, second) = (firstMoment.base, secondMoment.base)
    workers.forEachRange(of: parameters.count, length: 1 << 16) { range, _ in
      let start = range.lowerBound
      kernels.updateByAdamW(
        parameters: weights + start, gradients: dweights + start, firstMoment: first + start,
        secondMoment: second + start, count: range.count, constants)
    }
  }
}
