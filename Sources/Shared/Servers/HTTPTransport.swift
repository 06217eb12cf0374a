import Dispatch
import Foundation
// URLSession comes with the toolchain, whose Foundation the programs use already: TLS, proxies and connection reuse
// without a system package more. libcurl by itself would need one, and a C shim, for its calls take variable arguments.
import FoundationNetworking
import Synchronization

/// Requests by URLSession. Redirects are not followed, so that the key goes to no other server.
public final class HTTPTransport: Transport {
  private let address: ServerAddress
  private let key: String?
  private let timeout: Duration
  private let session: URLSession

  /// - Parameters:
  ///   - key: sent as a bearer token; never in any message.
  ///   - timeout: of one request, to the end of its reply.
  ///   - connections: how many requests there are at a time.
  public init(address: ServerAddress, key: String?, timeout: Duration, connections: Int) {
    self.address = address
    self.key = key
    self.timeout = timeout
    let configuration = URLSessionConfiguration.ephemeral
    configuration.httpMaximumConnectionsPerHost = connections
    configuration.timeoutIntervalForRequest = timeout / .seconds(1)
    configuration.httpShouldSetCookies = false
    session = URLSession(configuration: configuration, delegate: NoRedirects(), delegateQueue: nil)
  }

  /// Any HTTP status is a reply. Looks ten times a second whether to stop or whether the time is over.
  public func post(_ body: [UInt8], to path: String, isStopped: () -> Bool) throws(TransportFailure)
    -> HTTPReply
  {
    guard let url = URL(string: address.description + path) else { throw .connection("no such address") }
    var request = URLRequest(url: url)
    request.httpMethod = "POST"
    request.httpBody = Data(body)
    request.setValue("application/json", forHTTPHeaderField: "Content-Type")
    if let key { request.setValue("Bearer \(key)", forHTTPHeaderField: "Authorization") }

    let outcome = Outcome()
    let task = session.dataTask(with: request) { data, response, error in
      outcome.set(Self.result(data, response, error))
    }
    task.resume()
    let start = ContinuousClock.now
    while !outcome.wait(milliseconds: 100) {
      if isStopped() {
        task.cancel()
        throw .stopped
      }
      if ContinuousClock.now - start > timeout {
        task.cancel()
        throw .timeout
      }
    }
    return try outcome.get()
  }

  private static func result(_ data: Data?, _ response: URLResponse?, _ error: (any Error)?)
    -> Result<HTTPReply, TransportFailure>
  {
    if let error = error as? URLError {
      return .failure(error.code == .timedOut ? .timeout : .connection(words(for: error.code)))
    }
    guard error == nil, let response = response as? HTTPURLResponse else {
      return .failure(.connection("the connection broke"))
    }
    return .success(
      HTTPReply(
        status: response.statusCode, retryAfter: response.value(forHTTPHeaderField: "Retry-After"),
        body: Array(data ?? Data())))
  }

  private static func words(for code: URLError.Code) -> String {
    switch code {
    case .cannotConnectToHost: "cannot connect"
    case .cannotFindHost, .dnsLookupFailed: "no such host"
    case .secureConnectionFailed, .serverCertificateUntrusted, .serverCertificateHasBadDate,
      .serverCertificateHasUnknownRoot, .serverCertificateNotYetValid:
      "no secure connection"
    default: "the connection broke"
    }
  }

  private final class NoRedirects: NSObject, URLSessionTaskDelegate, Sendable {
    func urlSession(
      _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
      newRequest request: URLRequest, completionHandler: @escaping (URLRequest?) -> Void
    ) {
      completionHandler(nil)
    }
  }

  /// What URLSession's thread hands to the one that waits.
  private final class Outcome: Sendable {
    private let result = Mutex<Result<HTTPReply, TransportFailure>?>(nil)
    private let isThere = DispatchSemaphore(value: 0)

    func set(_ value: Result<HTTPReply, TransportFailure>) {
      result.withLock { $0 = value }
      isThere.signal()
    }

    func wait(milliseconds: Int) -> Bool {
      isThere.wait(timeout: .now() + .milliseconds(milliseconds)) == .success
    }

    func get() throws(TransportFailure) -> HTTPReply {
      switch result.withLock({ $0 }) {
      case .success(let reply): return reply
      case .failure(let failure): throw failure
      case nil: throw .connection("the connection broke")
      }
    }
  }
}
