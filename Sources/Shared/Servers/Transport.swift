/// What came back over HTTP, whatever it says.
public struct HTTPReply: Sendable, Equatable {
  /// The HTTP status code, of success or not.
  public var status: Int
  /// The header Retry-After.
  public var retryAfter: String?
  /// What the reply holds, JSON or not.
  public var body: [UInt8]

  /// A reply as it came.
  public init(status: Int, retryAfter: String? = nil, body: [UInt8]) {
    self.status = status
    self.retryAfter = retryAfter
    self.body = body
  }
}

/// Why nothing came back.
public enum TransportFailure: Error, Equatable {
  case timeout
  /// Refused, no such host: in a few words.
  case connection(String)
  /// The server was there, and its reply did not come, or not whole.
  case broken
  /// More came back than any answer needs.
  case tooLarge
  /// The run was interrupted, or another request ended it.
  case stopped
}

/// Sends one request and waits for its reply. Used by many threads at once.
public protocol Transport: Sendable {
  /// - Parameters:
  ///   - path: below the server's base address, such as `/completions`.
  ///   - isStopped: asked a few times a second whether to give up.
  func post(_ body: [UInt8], to path: String, isStopped: @escaping @Sendable () -> Bool)
    throws(TransportFailure)
    -> HTTPReply
}
