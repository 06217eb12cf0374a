import Cases
import Labelling
import Streams

/// Answers questions by asking a server.
///
/// Text without a prefill is a chat completion: the server renders the messages, unless all prompts are written
/// here. Everything else is a completion of a prompt that is written here, because chat completions neither go on
/// with a started turn nor score a given one.
package struct ServerAnswers: Sendable {
  let client: ServerClient
  let requests: Requests
  /// How prompts are written; nil where the user named neither template nor tokenizer.
  let prompt: ServerPrompt?
  private let chats: ChatAnswers
  private let api: ServerAPI

  /// - Parameters:
  ///   - model: the name that requests give.
  ///   - fields: what else every request says.
  ///   - prompt: how prompts are written, nil for chats alone.
  ///   - api: what is asked; prompts are for `completions`.
  package init(
    client: ServerClient, model: String, fields: JSONObject, prompt: ServerPrompt?,
    api: ServerAPI = .completions
  ) {
    self.client = client
    requests = Requests(model: model, fields: fields)
    self.prompt = prompt
    self.api = api
    chats = ChatAnswers(
      client: client, requests: requests, sendsPrefill: api == .chatPrefill, markers: prompt?.markers)
  }

  /// Asks until there is an answer. Throws `ToolError`: 65 where the server has none to this question, else as
  /// `ServerClient.send`.
  package func answer(_ question: CaseQuestions.Question) throws(ToolError) -> CaseQuestions.Answer {
    guard api == .completions else { return try chats.answer(question) }
    switch question {
    case .text(let messages, let prefill, let maximumTokens):
      if prefill.isEmpty, prompt?.writesAll != true {
        return try chats.text(messages, maximumTokens: maximumTokens)
      }
      return try send(
        requests.text(
          after: try render(messages, prefill), maximumTokens: maximumTokens,
          stop: prompt?.writesAll == true ? prompt?.endOfTurn : nil), to: "/completions"
      ).generated(maximumTokens: maximumTokens)
    case .choice(let messages, let prefill, let choices):
      let prompt = try render(messages, prefill)
      if let scores = try scores(of: choices, after: prompt) { return .scores(scores) }
      return .sampled(try sample(from: choices, after: prompt))
    case .turns(let messages, let texts):
      let prompt = try render(messages, "")
      guard let end = self.prompt?.endOfTurn else {
        throw ToolError(.usage, "--explain-scores needs a --chat-template that marks the end of turns")
      }
      guard let scores = try scores(of: texts.map { $0 + end }, after: prompt) else {
        throw ToolError(
          .usage,
          "--explain-scores needs a server that echoes prompts with log-probabilities, which this one does not"
        )
      }
      return .scores(scores)
    }
  }

  /// The choices' log-probabilities, nil where the server does not give them: by the likeliest next tokens where all
  /// choices are among them, else choice by choice, echoed behind the prompt.
  private func scores(of choices: [String], after prompt: String) throws(ToolError) -> [Double]? {
    guard let reply = try sendForLogProbabilities(requests.likeliestTokens(after: prompt)),
      let likeliest = reply.likeliestTokens
    else { return nil }
    var scores: [Double] = []
    for choice in choices {
      // A token of just this text is the choice's whole token string.
      if let score = likeliest[choice] {
        scores.append(score)
        continue
      }
      guard let reply = try sendForLogProbabilities(requests.tokens(of: prompt + choice)),
        let echo = reply.echo(ofTextEndingIn: choice)
      else { return nil }
      guard case .logProbability(let score) = echo else {
        throw .badData("the server's tokens join the choice \"\(choice)\" to what is before it")
      }
      scores.append(score)
    }
    return scores
  }

  /// The choice that the greedy text starts with; servers differ in whether they give white space at its start.
  private func sample(from choices: [String], after prompt: String) throws(ToolError) -> String {
    // A token is at least a byte.
    let room = choices.reduce(1) { max($0, $1.utf8.count) }
    let reply = try send(requests.text(after: prompt, maximumTokens: room), to: "/completions")
    guard let text = reply.content else { throw .badData("the server's answer has no text") }
    let start = text.drop(while: \.isWhitespace)
    let fitting = choices.filter {
      ChoiceForms.begins(text, with: $0) || ChoiceForms.begins(start, with: $0.drop(while: \.isWhitespace))
    }
    guard let longest = fitting.max(by: { $0.utf8.count < $1.utf8.count }) else {
      throw .badData("the server's answer \"\(text)\" begins with none of the choices")
    }
    return longest
  }

  private func send(_ request: JSONObject, to path: String) throws(ToolError) -> Reply {
    switch try client.send(request, to: path) {
    case .reply(let object): return Reply(object)
    case .refused(let message): throw .badData("the server refuses: \(message)")
    }
  }

  /// nil where the server refuses for the sake of log-probabilities or echo.
  private func sendForLogProbabilities(_ request: JSONObject) throws(ToolError) -> Reply? {
    switch try client.send(request, to: "/completions") {
    case .reply(let object): return Reply(object)
    case .refused(let message):
      let words = message.lowercased()
      guard words.contains("logprob") || words.contains("echo") else {
        throw .badData("the server refuses: \(message)")
      }
      return nil
    }
  }

  private func render(_ messages: [Message], _ prefill: String) throws(ToolError) -> String {
    guard let prompt else {
      throw ToolError(
        .usage,
        "a server gets choices and prefills as a rendered prompt: name its --tokenizer or --chat-template, "
          + "or ask for chats alone (--api chat)")
    }
    return try prompt.text(messages, prefill: prefill)
  }
}
