import Cases
import Labelling
import Streams

/// Answers questions by chats alone, which the server's own template renders. Choices have the log-probabilities
/// that stand among the likeliest tokens of the answer.
struct ChatAnswers: Sendable {
  private let client: ServerClient
  private let requests: Requests
  /// Whether the server goes on with a prefill.
  private let sendsPrefill: Bool
  /// Which texts a server takes for special tokens; nil where no template is known.
  private let markers: [String]?

  init(client: ServerClient, requests: Requests, sendsPrefill: Bool, markers: [String]?) {
    self.client = client
    self.requests = requests
    self.sendsPrefill = sendsPrefill
    self.markers = markers
  }

  /// Throws `ToolError` as `ServerAnswers.answer`; 64 for what chats cannot ask.
  func answer(_ question: CaseQuestions.Question) throws(ToolError) -> CaseQuestions.Answer {
    switch question {
    case .text(let messages, let prefill, let maximumTokens):
      guard prefill.isEmpty || sendsPrefill else {
        throw ToolError(
          .usage,
          "--api chat cannot begin an answer with \"\(prefill)\"; --api chat-prefill asks the server to go on with it"
        )
      }
      return try text(messages, prefill: prefill, maximumTokens: maximumTokens)
    case .choice(let messages, let prefill, let choices):
      return try choice(messages, prefill: prefill, choices)
    case .turns:
      throw ToolError(.usage, "--explain-scores needs a server's completions, and --api asks for chats")
    }
  }

  /// Greedy text after the messages.
  func text(_ messages: [Message], prefill: String = "", maximumTokens: Int) throws(ToolError)
    -> CaseQuestions.Answer
  {
    try check(messages, prefill)
    let outcome = try send { requests.chat(messages, prefill: prefill, maximumTokens: maximumTokens) }
    return try reply(outcome).generated(maximumTokens: maximumTokens)
  }

  /// The choices that stand among the likeliest tokens; where none does, the one that the text begins with.
  private func choice(_ messages: [Message], prefill: String, _ choices: [String]) throws(ToolError)
    -> CaseQuestions.Answer
  {
    let sent = sendsPrefill ? prefill : ""
    try check(messages, sent)
    let forms = ChoiceForms(choices, prefill: prefill)
    func request(withLikeliest: Bool) -> JSONObject {
      requests.chat(messages, prefill: sent, maximumTokens: forms.room, withLikeliest: withLikeliest)
    }
    var outcome = try send { request(withLikeliest: true) }
    if case .refused(let message) = outcome, message.lowercased().contains("logprob") {
      outcome = try send { request(withLikeliest: false) }
    }
    let reply = try reply(outcome)
    let scores = forms.scores(in: reply.steps)
    let text = reply.content
    let place = text.flatMap(forms.place)
    // A text that says a choice in tokens of another division says more than the values of the others.
    if scores.contains(where: { $0 != nil }), place.map({ scores[$0] != nil }) ?? true {
      let known = scores.compactMap { $0 }
      return known.count == choices.count ? .scores(known) : .someScores(scores)
    }
    guard let text else { throw .badData("the server's answer has no text") }
    guard let place else { throw .badData("the server's answer \"\(text)\" begins with none of the choices") }
    return .sampled(choices[place])
  }

  /// Throws `ToolError` (65) where what is sent spells a special token.
  private func check(_ messages: [Message], _ prefill: String) throws(ToolError) {
    try SpecialTokenText.check(messages + [Message(role: "assistant", content: prefill)], markers)
  }

  /// Models that want the limit by its newer name (OpenAI's o-series and GPT-5) say so once.
  private func send(_ request: () -> JSONObject) throws(ToolError) -> RequestOutcome {
    let path = "/chat/completions"
    let limitName = requests.chatLimit.name
    let outcome = try client.send(request(), to: path)
    guard case .refused(let message) = outcome, limitName == ChatLimit.older, ChatLimit.isNewerWanted(message)
    else { return outcome }
    requests.chatLimit.useNewer()
    return try client.send(request(), to: path)
  }

  private func reply(_ outcome: RequestOutcome) throws(ToolError) -> Reply {
    switch outcome {
    case .reply(let object): return Reply(object)
    case .refused(let message): throw .badData("the server refuses: \(message)")
    }
  }
}
