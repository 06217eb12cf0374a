import Cases
import Faithfulness
import Streams

/// How much of a text the page shows; a prompt may be of any length.
enum TextLimit {
  /// UTF-8 bytes before a feature, after it, of a message without it, and of an answer.
  static let part = 4_000
}

/// The messages of x with the feature set apart: `[role, text]`, or `[role, before, feature, after]` for the
/// message that holds it. Long texts are shortened, those beside the feature at their far end.
func markedMessages(_ messages: [Message], _ feature: Feature) -> [JSON] {
  messages.enumerated().map { index, message in
    guard index == feature.span.message else {
      return [.string(message.role), .string(head(message.content[...], TextLimit.part))]
    }
    let bytes = message.content.utf8
    let start = bytes.index(bytes.startIndex, offsetBy: feature.span.start)
    let end = bytes.index(bytes.startIndex, offsetBy: feature.span.end)
    return [
      .string(message.role), .string(tail(message.content[..<start], TextLimit.part)),
      .string(head(message.content[start..<end], TextLimit.part)),
      .string(head(message.content[end...], TextLimit.part)),
    ]
  }
}

/// The first bytes of a text, and how many are left out.
func head(_ text: Substring, _ limit: Int) -> String {
  let bytes = text.utf8
  guard bytes.count > limit else { return String(text) }
  var end = bytes.index(bytes.startIndex, offsetBy: limit)
  while end > bytes.startIndex, isContinuation(bytes[end]) { end = bytes.index(before: end) }
  let rest = bytes.distance(from: end, to: bytes.endIndex)
  return "\(text[..<end]) [… \(grouped(rest)) bytes left out]"
}

/// The last bytes of a text, and how many are left out.
func tail(_ text: Substring, _ limit: Int) -> String {
  let bytes = text.utf8
  guard bytes.count > limit else { return String(text) }
  var start = bytes.index(bytes.endIndex, offsetBy: -limit)
  while start < bytes.endIndex, isContinuation(bytes[start]) { start = bytes.index(after: start) }
  let rest = bytes.distance(from: bytes.startIndex, to: start)
  return "[\(grouped(rest)) bytes left out …] \(text[start...])"
}

/// Whether a byte goes on with a character that an earlier one began.
private func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
