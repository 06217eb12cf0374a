import Glibc
import Synchronization

/// Ctrl-C and SIGTERM. The first signal asks the program to stop at the next `check()`, in good order and with a
/// line on stderr; the second one ends it at once. Partial outputs stay in both cases.
///
/// A SIGTERM soon after the first signal is no second one: make, timeout and service managers send theirs to a process
/// and to its group.
public enum Interruption {
  /// The signal that asked for the stop, 0 before. An atomic may be used in a signal handler.
  private static let received = Atomic<Int32>(0)
  /// When it came, in seconds of the monotonic clock.
  private static let receivedAt = Atomic<Int>(0)
  /// Seconds within which a SIGTERM repeats the first signal.
  private static let repetition = 3
  /// Whether the first signal ends the process, as the second does otherwise.
  private static let isGraceless = Atomic(false)
  /// The pipe that wakes `waitUntilReadable`, -1 where there is none: a byte in it reaches every thread that waits.
  private static let wakeReader = Atomic<Int32>(-1)
  private static let wakeWriter = Atomic<Int32>(-1)

  /// Handles SIGINT and SIGTERM from now on, and ignores SIGPIPE so that a reader that left shows as EPIPE. To be
  /// called by the main thread, before there are others.
  ///
  /// They are handled even where they were ignored at the start, as shells without job control do with SIGINT for
  /// background jobs: a `kill -INT` by a script is meant.
  public static func install() {
    signal(SIGPIPE, SIG_IGN)
    guard wakeReader.load(ordering: .relaxed) < 0 else { return }
    var ends: [Int32] = [-1, -1]
    if pipe(&ends) == 0 {
      for end in ends {
        _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        _ = fcntl(end, F_SETFL, O_NONBLOCK)
      }
      wakeReader.store(ends[0], ordering: .relaxed)
      wakeWriter.store(ends[1], ordering: .relaxed)
    }
    SignalThread.start { signal in Interruption.receive(signal) }
  }

  /// Asks for the stop, as a signal does. Safe in a signal handler.
  public static func request(_ signal: Int32 = SIGINT) {
    received.store(signal, ordering: .relaxed)
    var byte: UInt8 = 0
    let descriptor = wakeWriter.load(ordering: .relaxed)
    if descriptor >= 0 { _ = write(descriptor, &byte, 1) }
  }

  /// The first signal asks for the stop, the second ends the process.
  private static func receive(_ signal: Int32) {
    let isSecond = received.load(ordering: .relaxed) != 0
    if isGraceless.load(ordering: .relaxed) { endProcess(by: signal) }
    if isSecond, signal == SIGTERM, seconds() - receivedAt.load(ordering: .relaxed) <= repetition { return }
    if isSecond { endProcess(by: signal) }
    receivedAt.store(seconds(), ordering: .relaxed)
    request(signal)
  }

  /// May be called by a signal handler.
  private static func seconds() -> Int {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return now.tv_sec
  }

  /// Does work that looks for no signals, such as a library's that waits for others: the first one ends the process
  /// meanwhile.
  public static func endingAtOnce<Value>(_ work: () -> Value) -> Value {
    isGraceless.store(true, ordering: .relaxed)
    defer { isGraceless.store(false, ordering: .relaxed) }
    return work()
  }

  /// Throws `ToolError` (130, or 143 by SIGTERM) once a stop was asked for. Readers and writers call it; so should
  /// long loops.
  public static func check() throws(ToolError) {
    switch received.load(ordering: .relaxed) {
    case 0: return
    case SIGTERM: throw ToolError(.terminated, "terminated")
    default: throw ToolError(.interrupted, "interrupted")
    }
  }

  /// Returns when the descriptor has something to read (or has ended). Throws `ToolError` as `check()` does.
  static func waitUntilReadable(_ descriptor: Int32) throws(ToolError) {
    var waiting = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: wakeReader.load(ordering: .relaxed), events: Int16(POLLIN), revents: 0),
    ]
    repeat {
      try check()
    } while poll(&waiting, nfds_t(waiting.count), -1) < 0 && errno == EINTR
    try check()
  }

  /// Ends the process as the signal does by default: the shell sees status 130 (SIGINT) or 143 (SIGTERM) and knows why.
  public static func endProcess(by signal: Int32) -> Never {
    Glibc.signal(signal, SIG_DFL)
    SignalThread.unblock([signal])
    raise(signal)
    exit(128 + signal)
  }
}
