import Glibc

/// The learning rate over a run, as a share of its peak: a linear rise over `warmupSteps`, then as `kind`
/// says. The same curves as transformers' schedules of these names, but that the rise starts at 1/warmup, not
/// at 0, so that the first step is not wasted.
public struct LearningRateSchedule: Equatable, Sendable {
  /// What follows the rise: the peak throughout, a line down to 0, or half a cosine down to 0.
  public enum Kind: String, CaseIterable, Sendable { case constant, linear, cosine }

  /// The curve after the rise.
  public var kind: Kind
  /// The highest rate, which the last step of the rise reaches.
  public var peak: Double
  /// Steps of the rise; 0 for none.
  public var warmupSteps: Int
  /// Steps of the run, the rise included; the step after them would have a rate of 0, unless the curve is constant.
  public var totalSteps: Int

  /// Nothing is checked here; `warmupSteps` may exceed `totalSteps`, and the peak is then never reached.
  public init(kind: Kind, peak: Double, warmupSteps: Int, totalSteps: Int) {
    self.kind = kind
    self.peak = peak
    self.warmupSteps = warmupSteps
    self.totalSteps = totalSteps
  }

  /// The learning rate of `step`, counted from 1.
  public func rate(at step: Int) -> Double {
    if step <= warmupSteps { return peak * Double(step) / Double(warmupSteps) }
    let done = Double(step - 1 - warmupSteps) / Double(max(1, totalSteps - warmupSteps))
    switch kind {
    case .constant: return peak
    case .linear: return peak * max(0, 1 - done)
    case .cosine: return peak * max(0, 0.5 * (1 + cos(.pi * done)))
    }
  }
}
