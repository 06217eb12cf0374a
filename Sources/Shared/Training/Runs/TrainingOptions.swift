/// How a run goes: everything that decides its weights, but for model and data.
public struct TrainingOptions: Equatable, Sendable {
  /// The learning rate, and with it the number of steps.
  public var schedule: LearningRateSchedule
  /// The decoupled decay, which the learning rate multiplies.
  public var weightDecay: Double
  /// The norm to which gradients are clipped; 0 for none.
  public var clip: Double
  /// Steps between checkpoints; the last step always has one.
  public var saveEvery: Int
  /// Steps between evaluations; 0 for none but the last.
  public var evaluateEvery: Int

  /// Steps between checkpoints or evaluations of 0 leave those at the end.
  public init(
    schedule: LearningRateSchedule, weightDecay: Double, clip: Double, saveEvery: Int, evaluateEvery: Int
  ) {
    self.schedule = schedule
    self.weightDecay = weightDecay
    self.clip = clip
    self.saveEvery = saveEvery
    self.evaluateEvery = evaluateEvery
  }
}
