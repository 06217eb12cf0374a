import CommandSupport
import Glibc
import Streams
import Testing

@Suite struct RunToolTests {
  private func standardError(_ result: ExitTest.Result?) -> String {
    String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  }

  private func standardOutput(_ result: ExitTest.Result?) -> String {
    String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
  }

  @Test(arguments: Streams.ExitStatus.allStatuses)
  func theErrorDecidesTheStatus(status: Streams.ExitStatus) {
    let argument = "--fail=\(status.rawValue)"
    #expect(exitStatus(of: SampleCommand.self, arguments: [argument]) == status)
  }

  @Test(arguments: [
    ["--unknown"], ["--lr"], ["--lr", "x"], ["--shard", "4/4"], ["--limit=-1"], ["--max-errors=-1"],
    ["--rejects", "x"], ["-", "-"], ["--schedule", "x"],
  ])
  func wrongUsage(arguments: [String]) {
    #expect(exitStatus(of: SampleCommand.self, arguments: arguments) == .usage)
  }

  @Test func otherErrorsAreFailedRuns() {
    #expect(exitStatus(of: SampleCommand.self, arguments: ["--fail=2"]) == .failedRun)
  }

  @Test func anErrorIsOneLine() async {
    let result = await #expect(processExitsWith: .exitCode(65), observing: [\.standardErrorContent]) {
      Diagnostics.tool = "sample"
      exit(exitStatus(of: SampleCommand.self, arguments: ["--fail=65", "--quiet"]).rawValue)
    }
    #expect(standardError(result) == "sample: in.jsonl:3: two lines\n")
  }

  /// A log, which is no terminal, gets a line now and then, and none before the first interval is over.
  @Test func aLogSaysHowFarItIs() async {
    let result = await #expect(processExitsWith: .exitCode(0), observing: [\.standardErrorContent]) {
      Diagnostics.tool = "sample"
      var bar = ProgressBar(unit: "cases", total: { 4 }, logInterval: .milliseconds(50))
      bar.skip()
      bar.advance()
      // However long the next one takes.
      usleep(500_000)
      bar.finish()
      exit(0)
    }
    let lines = standardError(result).split(separator: "\n")
    #expect(
      lines.count > 1 && lines.allSatisfy { $0.hasPrefix("sample: 2/4 cases, ") && $0.hasSuffix(" left") })
  }

  @Test func aUsageErrorHasAHint() async {
    let result = await #expect(processExitsWith: .exitCode(64), observing: [\.standardErrorContent]) {
      Diagnostics.tool = "sample"
      exit(exitStatus(of: SampleCommand.self, arguments: ["--lrr", "1"]).rawValue)
    }
    #expect(
      standardError(result)
        == "sample: Unknown option '--lrr'. Did you mean '--lr'? (see sample --help)\n")
  }

  @Test func aReaderThatLeftIsQuiet() async {
    let result = await #expect(processExitsWith: .exitCode(0), observing: [\.standardErrorContent]) {
      let status = exitStatus(of: SampleCommand.self, arguments: ["--fail=0"])
      Diagnostics.error("nothing before")
      exit(status.rawValue)
    }
    #expect(standardError(result) == "tool: nothing before\n")
  }

  @Test func helpAndVersionGoToStandardOutput() async {
    let help = await #expect(processExitsWith: .exitCode(0), observing: [\.standardOutputContent]) {
      exit(exitStatus(of: SampleCommand.self, arguments: ["--help"]).rawValue)
    }
    #expect(standardOutput(help).contains("OVERVIEW: A tool for tests."))
    #expect(standardOutput(help).contains("--max-errors <n>"))
    let version = await #expect(processExitsWith: .exitCode(0), observing: [\.standardOutputContent]) {
      exit(exitStatus(of: SampleCommand.self, arguments: ["--version"]).rawValue)
    }
    // The test's process prints a line of its own before.
    #expect(standardOutput(version).hasSuffix("0.2.0\n"))
  }
}

extension Streams.ExitStatus {
  static let allStatuses: [Self] = [
    .ok, .failedRun, .usage, .badData, .missingInput, .cannotCreate, .ioError, .interrupted, .terminated,
  ]
}
