import Glibc
import Streams
import Synchronization

/// Sends requests to a server until it answers, as often as the policy says.
public final class ServerClient: Sendable {
  /// What a request came to.
  public enum Outcome: Sendable, Equatable {
    case reply(JSONObject)
    /// The server does not want this request (400, 413, 422, or 5xx for log-probabilities that it does not have).
    case refused(String)
  }

  /// How many requests there were; for the manifest.
  public struct Counts: Sendable, Equatable {
    /// Sent, retries among them.
    public var requests = 0
    /// Requests that were sent again.
    public var retries = 0
  }

  private let address: ServerAddress
  private let transport: any Transport
  private let policy: RetryPolicy
  private let key: String?
  private let sleepSeconds: @Sendable (Double) -> Void
  private let state = Mutex(Counts())
  private let stopped = Atomic<Bool>(false)

  /// - Parameters:
  ///   - key: the API key, to keep it out of messages that a server sends.
  ///   - sleep: waits that many seconds, at most a tenth.
  public init(
    address: ServerAddress, transport: any Transport, policy: RetryPolicy, key: String?,
    sleep: @escaping @Sendable (Double) -> Void = { usleep(UInt32($0 * 1e6)) }
  ) {
    self.address = address
    self.transport = transport
    self.policy = policy
    self.key = key
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

  /// Sends a request. Throws `ToolError`: 64 where the server wants another key, 66 where it has no such model or
  /// path, 74 where it gave no answer after all retries, 130 when interrupted.
  public func send(_ request: JSONObject, to path: String) throws(ToolError) -> Outcome {
    let body = try JSON.object(request).serialized()
    var retry = 0
    while true {
      state.withLock { $0.requests += 1 }
      let trouble: Trouble
      switch try attempt(body, path) {
      case .success(let outcome): return outcome
      case .failure(let failure): trouble = failure
      }
      guard retry < policy.retries else {
        let tries = retry == 0 ? "" : " (after \(retry + 1) tries)"
        throw ToolError(.ioError, trouble.text + tries, at: address.position)
      }
      if let wait = trouble.serverWait, wait > RetryPolicy.longestWait {
        throw ToolError(.ioError, "\(trouble.text), and asks to wait for over an hour", at: address.position)
      }
      try wait(
        policy.wait(beforeRetry: retry, jitter: .random(in: 0..<1), serverWait: trouble.serverWait))
      retry += 1
      state.withLock { $0.retries += 1 }
    }
  }

  /// What may be gone when the request is sent again.
  private struct Trouble: Error {
    var text: String
    var serverWait: Double?
  }

  private func attempt(_ body: [UInt8], _ path: String) throws(ToolError) -> Result<Outcome, Trouble> {
    let reply: HTTPReply
    do throws(TransportFailure) {
      reply = try transport.post(body, to: path, isStopped: { isStopped })
    } catch {
      switch error {
      case .timeout: return .failure(Trouble(text: "no answer in time"))
      case .connection(let reason): return .failure(Trouble(text: reason))
      case .stopped: throw Self.interruption
      }
    }
    let message = errorMessage(in: reply.body)
    switch reply.status {
    case 200..<300:
      guard case .object(let object)? = try? JSON.parse(reply.body) else {
        return .failure(Trouble(text: "the answer is not a JSON object"))
      }
      return .success(.reply(object))
    case 401, 403:
      // What such a reply says may quote the key.
      throw ToolError(
        .usage,
        key == nil
          ? "wants an API key (status \(reply.status)): set OPENAI_API_KEY"
          : "does not take the key in OPENAI_API_KEY (status \(reply.status))",
        at: address.position)
    case 404:
      throw ToolError(.missingInput, "has no \(path), or not this model: \(message)", at: address.position)
    case 408, 425, 429, 500...:
      if reply.status >= 500, Self.isAboutLogProbabilities(message) { return .success(.refused(message)) }
      return .failure(
        Trouble(
          text: "status \(reply.status): \(message)",
          serverWait: RetryPolicy.seconds(retryAfter: reply.retryAfter, now: time(nil))))
    case 400, 413, 422: return .success(.refused(message))
    default: throw ToolError(.ioError, "status \(reply.status): \(message)", at: address.position)
    }
  }

  /// Whether a server says that it has no log-probabilities, as llama-cpp-python does without logits_all, or that it
  /// does not echo, as llama.cpp's own server does.
  static func isAboutLogProbabilities(_ message: String) -> Bool {
    let message = message.lowercased()
    return message.contains("support") && (message.contains("logprob") || message.contains("echo"))
  }

  /// `error.message` of a reply, or as much of its text as fits a line, without the key.
  private func errorMessage(in body: [UInt8]) -> String {
    let parsed = try? JSON.parse(body)
    let text =
      parsed?["error"]?["message"]?.string ?? parsed?["error"]?.string ?? parsed?["message"]?.string
      ?? parsed?["detail"]?.string ?? String(decoding: body, as: UTF8.self)
    let hidden = key.map { text.replacing($0, with: "(key)") } ?? text
    let words = hidden.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if words.isEmpty { return "(no message)" }
    return words.count > 200 ? words.prefix(200) + "…" : words
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
