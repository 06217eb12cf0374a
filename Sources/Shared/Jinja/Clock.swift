import Glibc
import Streams

/// The time that templates tell. It stands still, so that all prompts of a run have the same.
public struct Clock: Sendable {
  /// Seconds since 1970.
  private let time: Int
  private let isUTC: Bool

  /// The time at which the program asked first, as local time; or the one that SOURCE_DATE_EPOCH in the
  /// environment gives, in UTC.
  public static let ofThisRun: Clock = {
    if let text = getenv("SOURCE_DATE_EPOCH"), let seconds = Int(String(cString: text)) {
      return Clock(secondsSince1970: seconds)
    }
    return Clock(time: Glibc.time(nil), isUTC: false)
  }()

  /// A time in UTC.
  public init(secondsSince1970 time: Int) { self.init(time: time, isUTC: true) }

  private init(time: Int, isUTC: Bool) {
    self.time = time
    self.isUTC = isUTC
  }

  /// The time in a format of strftime. Throws `ToolError` (65) where the text is too long.
  func text(_ format: String) throws(ToolError) -> String {
    if format.isEmpty { return "" }
    var time = time
    var parts = tm()
    if isUTC { gmtime_r(&time, &parts) } else { localtime_r(&time, &parts) }
    // A character in front tells an empty text from one that did not fit.
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = strftime(&buffer, buffer.count, "." + format, &parts)
    guard count > 0 else { throw .badData("strftime_now's text is too long") }
    return String(decoding: buffer[1..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
