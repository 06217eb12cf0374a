/// One thread of a team, as a task meets it: no two tasks run at once with the same worker, so its memory is the
/// task's own until it ends.
public struct Worker {
  /// From 0, below the team's `count`.
  public let index: Int
  let memory: WorkerMemory

  /// At least `count` floats for the task; what they hold is left from earlier tasks.
  public func scratch(count: Int) -> UnsafeMutablePointer<Float> { memory.task(count: count) }

  /// The same, for use inside products.
  func productScratch(count: Int) -> UnsafeMutablePointer<Float> { memory.product(count: count) }
}
