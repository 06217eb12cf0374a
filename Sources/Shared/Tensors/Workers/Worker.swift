/// One thread of a team, as a task meets it: no two tasks run at once with the same worker, so its memory is the task's own until it
/// ends.
public struct Worker {
  /// The team that it belongs to.
  let team: Workers
  /// In `0..<team.count`.
  public let index: Int

  /// At least `count` floats for the task; what they hold is left from earlier tasks.
  public func scratch(count: Int) -> UnsafeMutablePointer<Float> {
    Workers.reserve(&team.taskMemory[index], count)
  }

  /// The same, for use inside products.
  func productScratch(count: Int) -> UnsafeMutablePointer<Float> {
    Workers.reserve(&team.productMemory[index], count)
  }
}
