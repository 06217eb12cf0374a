import Glibc
import Streams
import Synchronization

/// Sends requests to a server until it answers, as often as the policy says.
public final class ServerClient: Sendable {
  /// How many requests there were; for the manifest.
  public struct Counts: Sendable, Equatable {
    /// Sent, retries among them.
    public var requests = 0
    /// Requests that were sent again.
    public var retries = 0
    /// Requests in a row that were given up for what the server said to them.
    var failedInARow = 0
    /// Why the first of them was given up.
    var failure: ToolError?
    /// The latest request that was answered.
    var answered: Request?
  }

  /// What is sent, and where.
  struct Request: Sendable, Equatable {
    var body: [UInt8]
    var path: String
  }

  /// Where an error is said to be: the servers' addresses.
  private let position: SourcePosition
  private let transport: any Transport
  private let policy: RetryPolicy
  private let patience: Int
  private let readings: ReplyReader
  private let sleepSeconds: @Sendable (Double) -> Void
  private let state = Mutex(Counts())
  private let stopped = Atomic<Bool>(false)

  /// - Parameters:
  ///   - patience: a server that answers none of so many requests in a row is not one with a bad reply here
  ///     and there.
  ///   - key: the API key, to keep it out of messages that a server sends.
  ///   - sleep: waits that many seconds, at most a tenth.
  public init(
    addresses: [ServerAddress], transport: any Transport, policy: RetryPolicy, patience: Int = 10,
    key: String?,
    sleep: @escaping @Sendable (Double) -> Void = { usleep(UInt32($0 * 1e6)) }
  ) {
    position = SourcePosition(file: addresses.map(\.description).joined(separator: ", "))
    self.transport = transport
    self.policy = policy
    self.patience = patience
    readings = ReplyReader(key: key)
    sleepSeconds = sleep
  }

  /// Counts so far; safe to read while requests run.
  public var counts: Counts { state.withLock { $0 } }

  /// Makes all requests give up, for the run has failed.
  public func stop() { stopped.store(true, ordering: .relaxed) }

  private var isStopped: Bool {
    if stopped.load(ordering: .relaxed) { return true }
    return (try? Interruption.check()) == nil
  }

  /// Sends a request. Throws `ToolError`: 65 where the server has no answer to this one that could be read,
  /// 64 where it wants another key, 66 where it has no such model or path, 74 where it gave no answer after
  /// all retries, or none to many requests in a row, 130 when interrupted.
  public func send(_ request: JSONObject, to path: String) throws(ToolError) -> RequestOutcome {
    let body = try JSON.object(request).serialized()
    var retry = 0
    while true {
      state.withLock { $0.requests += 1 }
      let trouble: ReplyReader.Trouble
      switch try attempt(body, path) {
      case .success(let outcome):
        state.withLock { ($0.answered, $0.failedInARow) = (Request(body: body, path: path), 0) }
        return outcome
      case .failure(let failure): trouble = failure
      }
      guard retry < policy.retries else { throw givenUp(trouble, tries: retry + 1) }
      if let wait = trouble.serverWait, wait > RetryPolicy.longestWait {
        throw ToolError(.ioError, "\(trouble.text), and asks to wait for over an hour", at: position)
      }
      try wait(
        policy.wait(beforeRetry: retry, jitter: .random(in: 0..<1), serverWait: trouble.serverWait))
      retry += 1
      state.withLock { $0.retries += 1 }
    }
  }

  /// Whether no request was given up since one was answered.
  var answersAgain: Bool { state.withLock { $0.failedInARow == 0 } }

  /// To be asked when some requests were given up and none was answered since: whether it was they that were
  /// bad. Sends one again that the server has answered. Throws `ToolError` (74), why they were given up,
  /// where there is none, or it is not answered any more; 130 when interrupted.
  public func checkAnswers() throws(ToolError) {
    let (failure, answered) = state.withLock { ($0.failedInARow > 0 ? $0.failure : nil, $0.answered) }
    guard let failure else { return }
    guard let answered else { throw failure }
    state.withLock { $0.requests += 1 }
    guard case .success = try attempt(answered.body, answered.path) else { throw failure }
    state.withLock { $0.failedInARow = 0 }
  }

  /// A bad reply costs one case where the server answers other requests; it ends the run where it answers none.
  private func givenUp(_ trouble: ReplyReader.Trouble, tries: Int) -> ToolError {
    let text = trouble.text + (tries == 1 ? "" : " (after \(tries) tries)")
    let failure = ToolError(.ioError, text, at: position)
    let isPatient = state.withLock { counts in
      if counts.failedInARow == 0 { counts.failure = failure }
      counts.failedInARow += 1
      return counts.failedInARow < patience
    }
    return trouble.isAboutTheRequest && isPatient ? .badData(text) : failure
  }

  private func attempt(_ body: [UInt8], _ path: String) throws(ToolError)
    -> Result<RequestOutcome, ReplyReader.Trouble>
  {
    let reply: HTTPReply
    do throws(TransportFailure) {
      reply = try transport.post(body, to: path, isStopped: { [self] in isStopped })
    } catch {
      switch error {
      case .timeout: return .failure(.init(text: "no answer in time"))
      case .connection(let reason): return .failure(.init(text: reason))
      case .broken: return .failure(.init(text: "the connection broke", isAboutTheRequest: true))
      case .tooLarge:
        return .failure(
          .init(text: "an answer of over \(CurlExchange.sizeLimit >> 20) MiB", isAboutTheRequest: true))
      case .stopped: throw Self.interruption
      }
    }
    do throws(ToolError) {
      return try readings.read(reply, from: path)
    } catch {
      throw error.status == .badData ? error : error.located(at: position)
    }
  }

  private func wait(_ seconds: Double) throws(ToolError) {
    var left = seconds
    while left > 0 {
      if isStopped { throw Self.interruption }
      sleepSeconds(min(left, 0.1))
      left -= 0.1
    }
  }

  /// What ends a request: the signal that asked for the stop, or the failure of the run, which is told elsewhere.
  private static var interruption: ToolError {
    do throws(ToolError) { try Interruption.check() } catch { return error }
    return ToolError(.interrupted, "interrupted")
  }
}
