import Foundation
import Streams
import Synchronization

/// Lines that say how far a run is, one at each interval, by a thread of its own: what is counted may take
/// longer than that.
final class ProgressLog: Sendable {
  /// What is done so far, and the part of it that earlier runs did.
  typealias Counts = (done: Int, before: Int)

  /// What the thread knows; it does not keep the log.
  private final class Shared: @unchecked Sendable {
    let counts = Mutex<Counts>((0, 0))
    let end = DispatchSemaphore(value: 0)
    let unit: String
    let interval: Duration
    /// Only called by the thread. It reads files, through readers of its own.
    let countTotal: () -> Int?

    init(unit: String, interval: Duration, countTotal: @escaping () -> Int?) {
      self.unit = unit
      self.interval = interval
      self.countTotal = countTotal
    }

    func run() {
      let start = ContinuousClock.now
      var total: Int??
      while end.wait(timeout: .now() + interval / .seconds(1)) == .timedOut {
        let known = total ?? countTotal()
        total = known
        let counts = counts.withLock { $0 }
        Diagnostics.note(
          ProgressText.line(
            done: counts.done, total: known, unit: unit, seconds: (ContinuousClock.now - start) / .seconds(1),
            before: counts.before))
      }
    }
  }

  private let shared: Shared

  /// Starts the thread.
  /// - Parameter countTotal: what there is to do, nil where unknown; asked for at the first line.
  init(unit: String, interval: Duration, countTotal: @escaping () -> Int?) {
    let shared = Shared(unit: unit, interval: interval, countTotal: countTotal)
    self.shared = shared
    Thread { shared.run() }.start()
  }

  deinit { finish() }

  /// Takes note of what was done.
  func update(_ counts: Counts) { shared.counts.withLock { $0 = counts } }

  /// Ends the lines.
  func finish() { shared.end.signal() }
}
