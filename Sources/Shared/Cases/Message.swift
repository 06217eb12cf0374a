import Streams

/// One turn of a chat.
public struct Message: Equatable, Sendable {
  /// The roles that a chat template can render.
  public static let roles = ["system", "user", "assistant"]

  /// One of `roles`.
  public var role: String
  /// Plain text: what looks like a special token in it never becomes one.
  public var content: String

  /// The role is not checked here; `Case.messages(in:)` does.
  public init(role: String, content: String) {
    self.role = role
    self.content = content
  }

  /// Reads `{"role", "content"}`; throws `ToolError` (65) where a key is missing or no string.
  public init(json: JSON) throws(ToolError) {
    guard let object = json.object else { throw .badData("a message is a \(json.typeName), expected object") }
    role = try object.string("role")
    content = try object.string("content")
  }

  /// `{"role", "content"}`, in this order.
  public var json: JSON { ["role": .string(role), "content": .string(content)] }
}
