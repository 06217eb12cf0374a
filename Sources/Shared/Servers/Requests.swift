import Cases
import Streams
import Synchronization

/// The bodies of requests to an OpenAI-compatible server. All ask for the greedy text.
struct Requests: Sendable {
  let model: String
  /// What else every request says (`--request-fields`), such as the repetition penalty of servers that have one.
  /// A null takes away one of `removable`.
  let fields: JSONObject
  /// What chats call their limit.
  let chatLimit: ChatLimit

  init(model: String, fields: JSONObject) {
    self.model = model
    self.fields = fields
    chatLimit = ChatLimit(isNewer: fields["max_tokens"]?.isNull == true)
  }

  /// The fields that a request has of itself.
  static let own = [
    "model", "messages", "prompt", "temperature", "max_tokens", "max_completion_tokens", "logprobs", "echo",
  ]
  /// Those of them that models may refuse: the temperature, and the limit by its older name, in place of which
  /// chats then give the newer one.
  static let removable = ["temperature", "max_tokens"]

  /// How many of the likeliest tokens chats ask for, the most that OpenAI's interface gives; `top_logprobs` of
  /// `fields` is for servers that give fewer.
  static let likeliestCount = 20
  private static let likeliestCountName = "top_logprobs"

  /// For `/chat/completions`.
  /// - Parameters:
  ///   - prefill: the beginning of the answer, for servers that go on with the last message; empty for none.
  ///   - withLikeliest: whether to ask for log-probabilities.
  func chat(_ messages: [Message], prefill: String = "", maximumTokens: Int, withLikeliest: Bool = false)
    -> JSONObject
  {
    let turns = prefill.isEmpty ? messages : messages + [Message(role: "assistant", content: prefill)]
    var object: JSONObject = [
      "model": .string(model),
      "messages": .array(
        turns.map { .object(["role": .string($0.role), "content": .string($0.content)]) }),
      "temperature": 0, chatLimit.name: .integer(maximumTokens),
    ]
    if !prefill.isEmpty {
      object["add_generation_prompt"] = false
      object["continue_final_message"] = true
    }
    if withLikeliest {
      object["logprobs"] = true
      object[Self.likeliestCountName] = fields[Self.likeliestCountName] ?? .integer(Self.likeliestCount)
    }
    return request(object)
  }

  private func request(_ object: JSONObject) -> JSONObject {
    var object = object
    if fields["temperature"]?.isNull == true { object["temperature"] = nil }
    let elsewhere = Self.removable + [Self.likeliestCountName]
    for field in fields.members where object[field.key] == nil && !elsewhere.contains(field.key) {
      object[field.key] = field.value
    }
    return object
  }

  /// For `/completions`: text that follows a prompt.
  /// - Parameter stop: the text before which it ends.
  func text(after prompt: String, maximumTokens: Int, stop: String? = nil) -> JSONObject {
    var text: JSONObject = [
      "model": .string(model), "prompt": .string(prompt), "temperature": 0,
      "max_tokens": .integer(maximumTokens),
    ]
    if let stop { text["stop"] = .array([.string(stop)]) }
    return request(text)
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

/// What chats call the most tokens that they want; all threads learn it together.
final class ChatLimit: Sendable {
  /// The name that every server knows.
  static let older = "max_tokens"
  /// The name that OpenAI's newer models insist on.
  static let newer = "max_completion_tokens"

  private let isNewer: Atomic<Bool>

  init(isNewer: Bool) { self.isNewer = Atomic(isNewer) }

  var name: String { isNewer.load(ordering: .relaxed) ? Self.newer : Self.older }

  /// Whether a server refuses the older name, whatever its words for that.
  static func isNewerWanted(_ message: String) -> Bool {
    if message.contains(newer) { return true }
    let words = message.lowercased()
    let refusals = [
      "unsupported", "not supported", "unrecognized", "unknown", "not permitted", "unexpected", "deprecated",
    ]
    return words.contains(older) && refusals.contains(where: words.contains)
  }

  func useNewer() { isNewer.store(true, ordering: .relaxed) }
}
