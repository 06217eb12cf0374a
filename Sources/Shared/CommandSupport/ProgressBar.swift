import Glibc

/// How far a run is, on stderr: done and total, rate, time left. A terminal gets a bar, drawn over itself; anything
/// else, such as the log of a batch job, a line a minute. It has no colors.
public struct ProgressBar {
  private enum Output {
    case none, bar
    case log(ProgressLog)
  }

  /// Between drawings of a bar.
  private static let drawInterval = Duration.milliseconds(100)

  private let output: Output
  private let unit: String
  private let countTotal: () -> Int?
  /// Counted when it is first shown.
  private lazy var total = countTotal()
  private let start = ContinuousClock.now
  private var lastShown: ContinuousClock.Instant?
  /// What has been done so far.
  public private(set) var done = 0
  /// The part of it that earlier runs did.
  private var doneBefore = 0

  /// - Parameters:
  ///   - unit: what is counted, such as `cases`.
  ///   - total: what there is to do, nil where unknown; asked for once, when something is shown.
  ///   - logInterval: between the lines of a log, and before the first: short runs say nothing.
  public init(
    unit: String, total: @escaping () -> Int? = { nil }, logInterval: Duration = .seconds(60)
  ) {
    self.unit = unit
    countTotal = total
    let terminal = getenv("TERM").map { String(cString: $0) }
    let isTerminal = isatty(STDERR_FILENO) == 1
    output =
      if Diagnostics.isQuiet { .none } else if !isTerminal {
        .log(ProgressLog(unit: unit, interval: logInterval, countTotal: total))
      } else {
        terminal != nil && terminal != "dumb" ? .bar : .none
      }
  }

  /// - Parameter total: what there is to do.
  public init(total: Int, unit: String) { self.init(unit: unit, total: { total }) }

  /// Counts what an earlier run did, which says nothing of this run's rate.
  public mutating func skip(_ count: Int = 1) {
    done += count
    doneBefore += count
    if case .log(let log) = output { log.update((done, doneBefore)) }
  }

  /// Counts what was done, and shows it where it is time to.
  public mutating func advance(by count: Int = 1) {
    done += count
    switch output {
    case .none: return
    case .log(let log): log.update((done, doneBefore))
    case .bar:
      let now = ContinuousClock.now
      if let lastShown, now - lastShown < Self.drawInterval { return }
      lastShown = now
      Diagnostics.drawBar(
        ProgressText.bar(
          done: done, total: total, unit: unit, seconds: (now - start) / .seconds(1), before: doneBefore))
    }
  }

  /// Removes the bar, or ends the lines.
  public func finish() {
    switch output {
    case .none: return
    case .log(let log): log.finish()
    case .bar: Diagnostics.drawBar(nil)
    }
  }
}
