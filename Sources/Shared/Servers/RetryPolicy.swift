import Foundation

/// How long to wait before a request is sent again: half a second, then twice as long each time up to a minute, with
/// up to half of it taken off at random, so that many clients do not come back at once.
public struct RetryPolicy: Sendable {
  /// How often a request is sent again at the most (`--retries`).
  public var retries: Int
  /// What the server may ask for in Retry-After; where it asks for more, the run ends.
  public static let longestWait = 3600.0

  /// `retries` of 0 means that every request is sent once.
  public init(retries: Int) { self.retries = retries }

  /// Seconds to wait.
  /// - Parameters:
  ///   - retry: from 0.
  ///   - jitter: random, in 0..<1.
  ///   - serverWait: what the server asked for; the wait is never shorter.
  public func wait(beforeRetry retry: Int, jitter: Double, serverWait: Double?) -> Double {
    let backOff = min(60, 0.5 * pow(2, Double(min(retry, 10))))
    return max(backOff * (1 - jitter / 2), serverWait ?? 0)
  }

  /// The seconds that a Retry-After header asks for: a number, or the time from `now` (seconds since 1970) to an HTTP
  /// date. nil where it is neither.
  public static func seconds(retryAfter header: String?, now: Int) -> Double? {
    guard let header else { return nil }
    if let seconds = Double(header), seconds.isFinite { return max(0, seconds) }
    let dates = DateFormatter()
    dates.locale = Locale(identifier: "en_US_POSIX")
    dates.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
    return dates.date(from: header).map { max(0, $0.timeIntervalSince1970 - Double(now)) }
  }
}
