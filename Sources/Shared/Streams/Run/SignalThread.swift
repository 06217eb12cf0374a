import Glibc

/// The thread that takes the signals of the process. All others block them, so that none of them runs a handler
/// while it computes: products of oneDNN keep live data below the stack pointer, which a handler on the same stack
/// would overwrite.
enum SignalThread {
  static let signals = [SIGINT, SIGTERM]
  /// Wakes the main thread out of a system call that waits (EINTR). By default it is ignored, so nobody else relies
  /// on it.
  private static let wakeSignal = SIGURG

  /// What is done with a signal. Written once, before the thread and the handlers are there.
  private nonisolated(unsafe) static var receive: (Int32) -> Void = { _ in }
  private nonisolated(unsafe) static var mainThread = pthread_self()

  /// Starts the thread. To be called by the main thread, before there are others: they inherit what it blocks.
  static func start(_ receive: @escaping (Int32) -> Void) {
    self.receive = receive
    mainThread = pthread_self()
    useAlternateStack()
    handle(wakeSignal) { _ in }
    // A thread that was there before does not block the signals. It must not end the process, and an ignored signal
    // would reach nobody.
    for signal in signals { handle(signal) { signal in SignalThread.receive(signal) } }
    var blocked = set(of: signals)
    pthread_sigmask(SIG_BLOCK, &blocked, nil)
    var thread = pthread_t()
    let started = pthread_create(&thread, nil, { _ in SignalThread.waitForever() }, nil)
    // Without the thread the handlers do it.
    if started != 0 { unblock(signals) }
  }

  static func unblock(_ signals: [Int32]) {
    var unblocked = set(of: signals)
    pthread_sigmask(SIG_UNBLOCK, &unblocked, nil)
  }

  private static func waitForever() -> Never {
    var awaited = set(of: signals)
    while true {
      var signal: Int32 = 0
      guard sigwait(&awaited, &signal) == 0 else { continue }
      receive(signal)
      pthread_kill(mainThread, wakeSignal)
    }
  }

  /// No SA_RESTART: calls that wait return with EINTR. SA_ONSTACK: the handler leaves the stack of the thread alone.
  private static func handle(_ signal: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = handler
    action.sa_flags = SA_ONSTACK
    sigaction(signal, &action, nil)
  }

  /// Gives the calling thread a stack for handlers, as large as any processor's registers need.
  private static func useAlternateStack() {
    let size = 1 << 16
    var stack = stack_t(ss_sp: .allocate(byteCount: size, alignment: 16), ss_flags: 0, ss_size: size)
    sigaltstack(&stack, nil)
  }

  private static func set(of signals: [Int32]) -> sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    return set
  }
}
