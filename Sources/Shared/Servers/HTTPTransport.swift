import Streams
import Synchronization

/// Requests by libcurl: TLS, proxies, compression, and connections that are used again.
public final class HTTPTransport: Transport {
  private let address: ServerAddress
  private let key: String?
  private let timeout: Duration
  private let idle = Mutex<[CurlHandle]>([])

  /// - Parameters:
  ///   - key: sent as a bearer token; never in any message.
  ///   - timeout: of one request, to the end of its reply.
  public init(address: ServerAddress, key: String?, timeout: Duration) {
    self.address = address
    self.key = key
    self.timeout = timeout
  }

  /// Any HTTP status is a reply. Looks about once a second whether to stop.
  public func post(_ body: [UInt8], to path: String, isStopped: @escaping @Sendable () -> Bool)
    throws(TransportFailure)
    -> HTTPReply
  {
    guard let handle = idle.withLock({ $0.popLast() }) ?? CurlHandle() else {
      throw .connection("libcurl.so.4 is missing here (Debian package libcurl4)")
    }
    defer { idle.withLock { $0.append(handle) } }
    return try handle.post(
      body, to: address.description + path, headers: key.map { ["Authorization: Bearer \($0)"] } ?? [],
      timeout: timeout, isStopped: isStopped)
  }
}
