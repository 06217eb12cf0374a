import Cases
import Streams

/// The bodies of requests to an OpenAI-compatible server. All ask for the greedy text.
struct Requests {
  var model: String
  /// What else every request says (`--request-fields`), such as the repetition penalty of servers that have one.
  var fields: JSONObject

  /// The fields that a request has of itself.
  static let own = ["model", "messages", "prompt", "temperature", "max_tokens", "logprobs", "echo"]

  /// For `/chat/completions`.
  func chat(_ messages: [Message], maximumTokens: Int) -> JSONObject {
    request([
      "model": .string(model),
      "messages": .array(
        messages.map { .object(["role": .string($0.role), "content": .string($0.content)]) }),
      "temperature": 0, "max_tokens": .integer(maximumTokens),
    ])
  }

  private func request(_ object: JSONObject) -> JSONObject {
    var object = object
    for field in fields.members where object[field.key] == nil { object[field.key] = field.value }
    return object
  }

  /// For `/completions`: text that follows a prompt.
  func text(after prompt: String, maximumTokens: Int) -> JSONObject {
    request([
      "model": .string(model), "prompt": .string(prompt), "temperature": 0,
      "max_tokens": .integer(maximumTokens),
    ])
  }

  /// For `/completions`: the likeliest tokens that follow a prompt. Five are as many as every server gives.
  func likeliestTokens(after prompt: String) -> JSONObject {
    var request = text(after: prompt, maximumTokens: 1)
    request["logprobs"] = 5
    return request
  }

  /// For `/completions`: the log-probabilities of a text's own tokens. One token is generated besides, for some servers
  /// take 0 for "without limit".
  func tokens(of text: String) -> JSONObject {
    var request = self.text(after: text, maximumTokens: 1)
    request["echo"] = true
    request["logprobs"] = 1
    return request
  }
}
