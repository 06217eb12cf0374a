import Cases
import Labelling
import Streams
import Tokenizers

/// Answers questions by asking a server.
///
/// Text without a prefill is a chat completion: the server renders the messages. Everything else is a completion of a
/// prompt that is rendered here, because chat completions neither go on with a started turn nor score a given one.
struct ServerAnswers: Sendable {
  let client: ServerClient
  let requests: Requests
  /// For rendered prompts; nil where the user named none.
  let template: ChatTemplate?

  func answer(_ question: CaseQuestions.Question) throws(ToolError) -> CaseQuestions.Answer {
    switch question {
    case .text(let messages, let prefill, let maximumTokens):
      let reply =
        if prefill.isEmpty {
          try send(requests.chat(messages, maximumTokens: maximumTokens), to: "/chat/completions")
        } else {
          try send(
            requests.text(after: try render(messages, prefill), maximumTokens: maximumTokens),
            to: "/completions")
        }
      return try Self.text(reply)
    case .choice(let messages, let prefill, let choices):
      let prompt = try render(messages, prefill)
      if let scores = try scores(of: choices, after: prompt) { return .scores(scores) }
      return .sampled(try sample(from: choices, after: prompt))
    case .turns(let messages, let texts):
      let prompt = try render(messages, "")
      guard let end = template?.endOfTurnText else {
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

  private static func text(_ reply: Reply) throws(ToolError) -> CaseQuestions.Answer {
    guard let text = reply.text, let reason = reply.finishReason, let tokens = reply.generatedTokens,
      tokens >= 0
    else { throw .badData("the server's answer lacks a text, a finish_reason or usage.completion_tokens") }
    guard reason == "stop" || reason == "length" else {
      throw .badData("the server ended the text for another reason: \(reason)")
    }
    return .text(text, tokens: tokens, stopped: reason == "stop")
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
    guard let text = reply.text else { throw .badData("the server's answer lacks a text") }
    let start = text.drop(while: \.isWhitespace)
    let fitting = choices.filter { text.hasPrefix($0) || start.hasPrefix($0.drop(while: \.isWhitespace)) }
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

  /// The prompt as text. A server reads special tokens anywhere in it, so a case whose own text spells one that the
  /// template writes is refused. The beginning of sequence is left to the server.
  private func render(_ messages: [Message], _ prefill: String) throws(ToolError) -> String {
    guard let template else {
      throw ToolError(
        .usage, "a server gets choices and prefills as a rendered prompt: name its --chat-template")
    }
    let fragments = template.render(messages, prefill: prefill)
    var markers: Set<String> = []
    for case .special(let marker) in fragments { markers.insert(marker) }
    var prompt = ""
    for fragment in fragments {
      switch fragment {
      case .special(let marker): prompt += marker
      case .beginningOfSequence: break
      case .text(let text):
        if let marker = markers.sorted().first(where: text.contains) {
          throw .badData("holds \"\(marker)\" as text, which a server takes for a special token")
        }
        prompt += text
      }
    }
    return prompt
  }
}
