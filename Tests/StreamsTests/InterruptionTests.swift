import Glibc
import Streams
import Testing

/// Sends this process a SIGINT, and waits until it shows (signals go to any thread, at any time).
@Sendable private func interruptThisProcess() {
  kill(getpid(), SIGINT)
  for _ in 0..<200 {
    do throws(ToolError) { try Interruption.check() } catch { return }
    usleep(10_000)
  }
}

@Suite struct InterruptionTests {
  @Test func theFirstSignalIsSeenByCheck() async {
    await #expect(processExitsWith: .exitCode(130)) {
      Interruption.install()
      try Interruption.check()
      interruptThisProcess()
      do throws(ToolError) { try Interruption.check() } catch { exit(error.status.rawValue) }
    }
  }

  @Test func theSecondSignalEndsTheProcess() async {
    await #expect(processExitsWith: .signal(SIGINT)) {
      Interruption.install()
      interruptThisProcess()
      kill(getpid(), SIGINT)
      sleep(10)
    }
  }

  @Test func aTerminationOfProcessAndGroupIsOne() async {
    await #expect(processExitsWith: .exitCode(143)) {
      Interruption.install()
      for _ in 0..<3 {
        kill(getpid(), SIGTERM)
        usleep(20_000)
      }
      for _ in 0..<200 {
        do throws(ToolError) { try Interruption.check() } catch { exit(error.status.rawValue) }
        usleep(10_000)
      }
    }
  }

  @Test func aLaterTerminationEndsTheProcess() async {
    await #expect(processExitsWith: .signal(SIGTERM)) {
      Interruption.install()
      kill(getpid(), SIGTERM)
      // The signal ends a sleep.
      var left: UInt32 = 5
      while left > 0 { left = sleep(left) }
      kill(getpid(), SIGTERM)
      sleep(10)
    }
  }

  @Test func aBlockedReadEnds() async {
    await #expect(processExitsWith: .exitCode(130)) {
      Interruption.install()
      var ends: [Int32] = [-1, -1]
      guard pipe(&ends) == 0, dup2(ends[0], STDIN_FILENO) == STDIN_FILENO else { exit(1) }
      // Nothing is ever written to the pipe; the request comes while the read waits, on whatever thread.
      signal(SIGALRM) { _ in Interruption.request() }
      ualarm(50_000, 0)
      do throws(ToolError) { _ = try InputFile(path: "-").read(upTo: 1) } catch {
        exit(error.status.rawValue)
      }
    }
  }

  @Test func aTerminationIsSeenByCheck() async {
    await #expect(processExitsWith: .exitCode(143)) {
      Interruption.install()
      kill(getpid(), SIGTERM)
      for _ in 0..<200 {
        do throws(ToolError) { try Interruption.check() } catch { exit(error.status.rawValue) }
        usleep(10_000)
      }
    }
  }

  @Test(arguments: [SIGINT, SIGTERM]) func endingShowsTheSignal(signal: Int32) async {
    await #expect(processExitsWith: .signal(signal)) { [signal] in Interruption.endProcess(by: signal) }
  }
}
