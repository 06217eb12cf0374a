/// What comes back for one request, piece by piece as libcurl hands it on.
final class CurlExchange {
  /// Bytes of a reply, or of its headers, that no server needs: an echoed prompt takes a few hundred a token.
  static let sizeLimit = 64 << 20

  let isStopped: () -> Bool
  private(set) var body: [UInt8] = []
  private(set) var retryAfter: String?
  /// Whether the reply was given up for its size.
  private(set) var isTooLarge = false
  private var headerBytes = 0

  init(isStopped: @escaping () -> Bool) { self.isStopped = isStopped }

  /// The exchange that a callback's context stands for.
  static func at(_ context: UnsafeMutableRawPointer?) -> CurlExchange? {
    context.map { Unmanaged<CurlExchange>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Takes in a piece of the body; false where that makes it too large.
  func take(_ piece: UnsafeRawBufferPointer) -> Bool {
    isTooLarge = isTooLarge || body.count + piece.count > Self.sizeLimit
    if !isTooLarge { body.append(contentsOf: piece) }
    return !isTooLarge
  }

  /// Takes in a header line, status lines among them; false where there are too many.
  func takeHeader(_ line: UnsafeRawBufferPointer) -> Bool {
    headerBytes += line.count
    isTooLarge = isTooLarge || headerBytes > Self.sizeLimit >> 6
    let text = String(decoding: line, as: UTF8.self)
    if text.hasPrefix("HTTP/") { retryAfter = nil }
    let parts = text.split(separator: ":", maxSplits: 1)
    if parts.count == 2, parts[0].lowercased() == "retry-after" {
      retryAfter = parts[1].split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    return !isTooLarge
  }
}
