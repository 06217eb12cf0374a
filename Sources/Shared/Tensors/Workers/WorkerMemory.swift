/// Working memory of one worker, which grows to the largest that was asked for. Only the task that runs as this
/// worker uses it.
final class WorkerMemory: @unchecked Sendable {
  private var ofTasks = FloatStorage(count: 0)
  private var ofProducts = FloatStorage(count: 0)

  /// At least `count` floats for what a task needs.
  func task(count: Int) -> UnsafeMutablePointer<Float> {
    ofTasks = ofTasks.withRoom(for: count)
    return ofTasks.base
  }

  /// The same, for use inside products.
  func product(count: Int) -> UnsafeMutablePointer<Float> {
    ofProducts = ofProducts.withRoom(for: count)
    return ofProducts.base
  }
}
