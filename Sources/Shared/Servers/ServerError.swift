import Streams

/// An error in the body of a reply, in the forms that servers give it: `{"error": …}` with a text, an object, a
/// list or a number, `{"object": "error", "message": …}`, `{"detail": …}`, or an error in place of a choice.
struct ServerError {
  /// The server's own words, of any length; nil where it gives none.
  var message: String?
  /// The HTTP status that the body says it should have had.
  var status: Int?

  /// The error of a body that says it has one, whatever the reply's status; nil for an answer.
  init?(in object: JSONObject) {
    let choice = object["choices"]?.array?.first
    let error = [object["error"], choice?["error"], object["errors"]].lazy.compactMap { $0 }.first(
      where: Self.isThere)
    let isError = object["object"]?.string == "error" || choice?["finish_reason"]?.string == "error"
    let isOther = choice == nil && Self.text(.object(object)) != nil
    guard error != nil || isError || isOther else { return nil }
    message = error.flatMap(Self.text) ?? Self.text(.object(object))
    status = error.flatMap(Self.status) ?? Self.status(.object(object))
  }

  /// What a body of another status than success says is wrong; nil where it is no JSON that does.
  static func message(in body: [UInt8]) -> String? {
    guard let value = try? JSON.parse(body) else { return nil }
    return text(value["error"] ?? .null) ?? text(value)
  }

  /// Some servers write `"error": null`, or false, or nothing, beside an answer.
  private static func isThere(_ error: JSON) -> Bool {
    switch error {
    case .null, .bool(false), .string(""): false
    case .integer(let code): code != 0
    case .object(let object): !object.isEmpty
    case .array(let elements): !elements.isEmpty
    default: true
    }
  }

  private static func text(_ value: JSON) -> String? {
    switch value {
    case .string(let text): return text.isEmpty ? nil : text
    case .array(let elements): return elements.lazy.compactMap(text).first
    case .object(let object):
      for key in ["message", "msg", "detail", "error", "reason", "type"] {
        guard let found = object[key].flatMap(text) else { continue }
        // Where FastAPI finds it: `["body", "max_tokens"]`.
        let place = object["loc"]?.array?.compactMap { $0.string ?? $0.integer.map(String.init) } ?? []
        return place.isEmpty ? found : "\(place.joined(separator: ".")): \(found)"
      }
      return nil
    default: return value.integer.map { "error \($0)" }
    }
  }

  private static func status(_ value: JSON) -> Int? {
    let codes =
      [value] + ["code", "status", "status_code", "http_status"].compactMap { value[$0] }
    let numbers = codes.compactMap { $0.integer ?? $0.string.flatMap { Int($0) } }
    return numbers.first { 400..<600 ~= $0 }
  }
}
