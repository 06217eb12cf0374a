import Foundation
import Streams

/// The base address of an OpenAI-compatible server, such as `http://127.0.0.1:8000/v1`.
public struct ServerAddress: Sendable, Equatable, CustomStringConvertible {
  /// Without a slash at the end. Where the user gave no path, `/v1` is added.
  public let description: String

  /// Throws `ToolError` (64) where it is not the address of a server, or where it holds credentials: command lines are
  /// shown to everybody and kept in manifests.
  public init(parsing text: String) throws(ToolError) {
    guard var parts = URLComponents(string: text), ["http", "https"].contains(parts.scheme?.lowercased()),
      parts.host?.isEmpty == false
    else { throw ToolError(.usage, "--server needs an address such as http://127.0.0.1:8000/v1") }
    guard parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil else {
      throw ToolError(.usage, "--server takes no user, query or fragment; a key goes into OPENAI_API_KEY")
    }
    while parts.path.hasSuffix("/") { parts.path.removeLast() }
    for path in ["/chat/completions", "/completions"] where parts.path.hasSuffix(path) {
      throw ToolError(.usage, "--server needs the address without \(path), which requests add")
    }
    if parts.path.isEmpty { parts.path = "/v1" }
    guard let address = parts.string else {
      throw ToolError(.usage, "--server needs an address such as http://127.0.0.1:8000/v1")
    }
    description = address
  }
}
