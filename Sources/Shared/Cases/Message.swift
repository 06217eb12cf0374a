import Streams

/// One turn of a chat.
public struct Message: Equatable, Sendable {
  /// The roles that a chat template can render.
  public static let roles = ["system", "user", "assistant"]

  /// One of `roles`.
  public var role: String
  /// Plain text: what looks like a special token in it never becomes one.
  public var content: String

  /// The role is not checked here; `list(in:)` does.
  public init(role: String, content: String) {
    self.role = role
    self.content = content
  }

  /// Reads `{"role", "content"}`; throws `ToolError` (65) where a key is missing or no string.
  public init(json: JSON) throws(ToolError) {
    guard let object = json.object else {
      throw .badData("a message is \(json.typeWithArticle), expected an object")
    }
    role = try object.string("role")
    content = try object.string("content")
  }

  /// The `messages` of a case, of a feature or of a row to train on: at least one, each with a known role. Throws
  /// `ToolError` (65) naming what is wrong.
  public static func list(in object: JSONObject) throws(ToolError) -> [Message] {
    let values = try object.array("messages")
    guard !values.isEmpty else { throw .badData("no messages") }
    var messages: [Message] = []
    messages.reserveCapacity(values.count)
    for (index, value) in values.enumerated() {
      messages.append(
        try within("messages[\(index)]") { () throws(ToolError) in
          let message = try Message(json: value)
          guard Self.roles.contains(message.role) else {
            let known = Self.roles.joined(separator: ", ")
            throw .badData("role is \"\(message.role)\", expected one of \(known)")
          }
          return message
        })
    }
    return messages
  }

  /// `{"role", "content"}`, in this order.
  public var json: JSON { ["role": .string(role), "content": .string(content)] }
}
