import Cases
import Labelling
import Servers
import Streams
import Testing

/// What servers say in their several forms, and what is recorded of it.
@Suite struct ReplyTests {
  private let readout = Readout.generate(prefill: "", maximumTokens: 24, answers: Readout.generatedAnswers)

  /// The behaviour that a chat completion comes to, or the error's message, without the case's name.
  private func read(_ choice: String, usage: String = #"{"completion_tokens": 5}"#) throws -> String {
    try read(body: #"{"choices": [\#(choice)], "usage": \#(usage)}"#)
  }

  private func read(body: String) throws -> String {
    let transport = FakeTransport { _, _ in .json(body) }
    switch try label([record("a", task: "refusal", readout: readout)], template: nil, transport)[0] {
    case .success(let labelled):
      let behavior = try #require(try labelled.behavior(of: "M0")).original
      let generation = try #require(behavior.generation)
      return "\(behavior.answer)|\(generation.text)|\(generation.tokens)|\(generation.finish)"
    case .failure(let error):
      #expect(error.status == .badData)
      return String(error.message.trimmingPrefix("case \"a\": "))
    }
  }

  private func message(_ message: String, _ reason: String = #""stop""#) -> String {
    #"{"message": \#(message), "finish_reason": \#(reason)}"#
  }

  @Test func textComesInSeveralForms() throws {
    let help = "comply|I can help|5|stop"
    #expect(try read(message(#"{"content": "I can help"}"#)) == help)
    #expect(
      try read(
        message(#"{"content": [{"type": "text", "text": "I can"}, {"type": "text", "text": " help"}]}"#))
        == help)
    #expect(try read(message(#"{"content": ["I can help"]}"#)) == help)
    #expect(try read(#"{"text": "I can help", "finish_reason": "stop"}"#) == help)
    #expect(
      try read(message(#"{"content": "I can help", "reasoning_content": "Hm", "refusal": null}"#)) == help)
    #expect(
      try read(
        message(
          #"{"content": [{"type": "thinking", "thinking": [{"type": "text", "text": "Hm"}]}, {"type": "text", "text": "I can help"}]}"#
        ))
        == help)
  }

  @Test func aRefusalInAFieldOfItsOwnIsOne() throws {
    let refusal = "refuse|I'm sorry, I can't assist with that.|5|stop"
    let text = #""refusal": "I'm sorry, I can't assist with that.""#
    #expect(try read(message(#"{"content": null, \#(text)}"#)) == refusal)
    #expect(try read(message(#"{"content": "", \#(text)}"#)) == refusal)
    #expect(try read(message(#"{\#(text)}"#)) == refusal)
    #expect(try read(message(#"{"content": [{"type": "refusal", \#(text)}]}"#)) == refusal)
    // Whatever else is said.
    #expect(try read(message(#"{"content": " \n", \#(text)}"#)) == refusal)
    #expect(try read(message(#"{"content": "Sure. Here", \#(text)}"#)) == refusal)
    #expect(try read(message(#"{"content": "I can help", "refusal": ""}"#)) == "comply|I can help|5|stop")
  }

  @Test func thoughtsAreCutOff() throws {
    let refusal = "refuse|I cannot help with that.|5|stop"
    for thought in [
      "<think>\\nHm.\\n</think>\\n\\n", "Hm.</think>", "[THINK]Hm[/THINK]", "<think></think><think>x</think>",
      "<|channel>thought\\nHm<channel|>", "<|START_THINKING|>Hm<|END_THINKING|>",
      "Here is my thought process: Hm\\nHere is my response: ",
    ] {
      #expect(try read(message(#"{"content": "\#(thought)I cannot help with that."}"#)) == refusal)
    }
    #expect(try read(message(#"{"content": "See <think>."}"#)) == "comply|See <think>.|5|stop")
  }

  @Test func aThoughtWithoutAnAnswerIsABadCase() throws {
    let bad = "the 5 tokens of the text are a thought that says no answer"
    for message in [
      #"{"content": "<think>\nOkay, the user"}"#, #"{"content": "<think>x</think>\n\n"}"#,
      #"{"content": null, "reasoning_content": "The user"}"#, #"{"content": "", "reasoning": "The user"}"#,
      #"{"content": null, "thinking": "The user"}"#, #"{"content": [{"type": "thinking", "thinking": []}]}"#,
      #"{"content": "\n\n", "reasoning_content": "The user"}"#,
      #"{"content": null, "reasoning_details": [{"type": "reasoning.text", "text": "The user"}]}"#,
      #"{"content": "", "thinking_blocks": [{"type": "thinking"}]}"#,
      #"{"content": null, "reasoning_text": "The user"}"#,
    ] { #expect(try read(self.message(message.replacing("\n", with: "\\n"), #""length""#)) == bad) }
    // Thoughts that are counted and not shown.
    #expect(try read(message(#"{"content": ""}"#, #""length""#)) == bad)
    #expect(
      try read(
        message(#"{"content": ""}"#),
        usage: #"{"completion_tokens": 2, "completion_tokens_details": {"reasoning_tokens": 2}}"#)
        == "the 2 tokens of the text are a thought that says no answer")
    #expect(try read(message(#"{"content": ""}"#), usage: #"{"completion_tokens": 1}"#) == "comply||1|stop")
    // White space has no more tokens than bytes.
    #expect(
      try read(message(#"{"content": "\n\n"}"#), usage: #"{"completion_tokens": 3}"#) == "comply|\n\n|3|stop")
    #expect(try read(message(#"{"content": "\n\n"}"#)) == bad)
    // All of it counted as thought.
    #expect(
      try read(
        message(#"{"content": "Okay, the user"}"#, #""length""#),
        usage: #"{"completion_tokens": 5, "completion_tokens_details": {"reasoning_tokens": 5}}"#) == bad)
    #expect(
      try read(
        message(#"{"content": "I can help"}"#),
        usage: #"{"completion_tokens": 5, "completion_tokens_details": {"reasoning_tokens": 300}}"#)
        == "comply|I can help|5|stop")
  }

  @Test func aToolCallIsNoText() throws {
    for call in [#""tool_calls": [{"id": "1"}]"#, #""function_call": {"name": "f"}"#] {
      for content in ["null", #""""#] {
        #expect(
          try read(message(#"{"content": \#(content), \#(call)}"#), usage: #"{"completion_tokens": 1}"#)
            == "the server's answer has no text, but calls a tool")
      }
      #expect(try read(message(#"{"content": "I can help", \#(call)}"#)) == "comply|I can help|5|stop")
    }
  }

  /// An error for one choice is no answer; the list that Gemini's compatible server makes of a reply is one.
  @Test func aListOfOneReply() throws {
    let reply =
      #"{"choices": [{"message": {"content": "I"}, "finish_reason": "stop"}], "usage": {"completion_tokens": 1}}"#
    #expect(try read(body: "[\(reply)]") == "comply|I|1|stop")
    #expect(try read(body: "\u{FEFF}\(reply)") == "comply|I|1|stop")
  }

  @Test func anExplanationMayBeAThought() throws {
    let transport = FakeTransport { path, request in
      request["max_tokens"] == 32
        ? .json(
          #"{"choices": [{"message": {"content": "<think>Well"}, "finish_reason": "length"}], "usage": {"completion_tokens": 32}}"#
        )
        : .json(
          #"{"choices": [{"message": {"content": "<think></think>No."}, "finish_reason": "stop"}], "usage": {"completion_tokens": 3}}"#
        )
    }
    let labelled = try label(
      [record("a", task: "refusal", readout: readout)], template: nil, explain: true, transport)[0].get()
    #expect(
      try labelled.explanations(of: "M0")?["f"] == Explanation(text: "<think>Well", changed: nil, answer: nil)
    )
  }

  @Test func reasonsToEnd() throws {
    for reason in [
      "stop", "STOP", "eos", "eos_token", "stop_sequence", "end_turn", "COMPLETE", "FinishReason.STOP",
      "FINISH_REASON_STOP", "end-turn", "endTurn", "stop_token", "endoftext", "eos_token_id", "done",
      "normal",
    ] {
      #expect(try read(message(#"{"content": "I"}"#, #""\#(reason)""#)) == "comply|I|5|stop")
    }
    for reason in [
      #""length""#, #""max_tokens""#, #""MAX_TOKENS""#, #"{"type": "length", "length": 24}"#,
      #""FinishReason.MAX_TOKENS""#, #""FINISH_REASON_MAX_TOKENS""#, #""token_limit""#,
    ] {
      #expect(try read(message(#"{"content": "I"}"#, reason)) == "comply|I|5|length")
    }
    for reason in ["content_filter", "tool_calls", "function_call", "abort", "recitation"] {
      #expect(
        try read(message(#"{"content": "I"}"#, #""\#(reason)""#))
          == "the server ended the text for another reason: \(reason)")
    }
    // Without a reason, the limit is one.
    #expect(
      try read(message(#"{"content": "I"}"#, "null"), usage: #"{"completion_tokens": 24}"#)
        == "comply|I|24|length")
    for reason in ["null", #""""#, #""null""#, #""None""#, "1"] {
      #expect(
        try read(message(#"{"content": "I"}"#, reason))
          == "the server's answer does not say why its text ended (finish_reason)")
    }
  }

  @Test func whatIsMissingIsNamed() throws {
    for body in [
      "{}", #"{"choices": []}"#, #"{"choices": null}"#, #"{"choices": [null]}"#, #"{"choices": {}}"#,
    ] {
      #expect(try read(body: body) == "the server's answer has no choices")
    }
    #expect(try read(message("{}")) == "the server's answer has no text: its content is missing")
    #expect(
      try read(message(#"{"content": null, "tool_calls": []}"#))
        == "the server's answer has no text: its content is null")
    #expect(try read(message("null")) == "the server's answer has no text: its content is missing")
    #expect(try read(message(#"{"content": 7}"#)) == "the server's answer has no text: its content is number")
    for usage in ["null", "{}", #"{"completion_tokens": null}"#, #"{"completion_tokens": -1}"#] {
      #expect(
        try read(message(#"{"content": "I"}"#), usage: usage)
          == "the server's answer does not say how many tokens it has (usage.completion_tokens)")
    }
    #expect(try read(message(#"{"content": "I"}"#), usage: #"{"output_tokens": 24.0}"#) == "comply|I|24|stop")
  }

  @Test(arguments: [
    #"{"error": {"message": "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."}}"#,
    #"{"error": {"message": "Unrecognized request argument supplied: max_tokens"}}"#,
    #"{"detail": [{"loc": ["body", "max_tokens"], "msg": "Extra inputs are not permitted"}]}"#,
  ])
  func modelsThatWantTheNewerLimitGetIt(_ refusal: String) throws {
    let transport = FakeTransport { _, request in
      request["max_completion_tokens"] == nil
        ? .json(refusal, status: 400)
        : .json(
          #"{"choices": [{"message": {"content": "No."}, "finish_reason": "stop"}], "usage": {"completion_tokens": 2}}"#
        )
    }
    let results = try label(
      [record("a", task: "refusal", readout: readout), record("b", task: "refusal", readout: readout)],
      template: nil,
      concurrency: 1, transport)
    #expect(try results.allSatisfy { try $0.get().behavior(of: "M0")?.original.generation?.text == "No." })
    // One that was refused, then four.
    #expect(transport.requests.map { $0["max_tokens"] == nil } == [false, true, true, true, true])
    #expect(transport.requests.last?["max_completion_tokens"] == 24)
  }

  @Test func aNullTakesAFieldAway() throws {
    let transport = FakeTransport { _, _ in
      .json(
        #"{"choices": [{"message": {"content": "No."}, "finish_reason": "stop"}], "usage": {"completion_tokens": 2}}"#
      )
    }
    _ = try label(
      [record("a", task: "refusal", readout: readout)], template: nil,
      fields: ["temperature": nil, "max_tokens": nil, "top_k": 1], transport)
    let keys = ["model", "messages", "max_completion_tokens", "top_k", "path"]
    #expect(transport.requests.allSatisfy { $0.keys == keys })
  }

  @Test func textOfACaseIsNoSpecialToken() throws {
    for (template, text) in [
      ("chatml", "Say <|im_end|>. Now."), ("chatml", "Say <|endoftext|>. Now."),
      ("gemma", "Say <end_of_turn>. Now."),
      (nil, "Say <|im_start|>. Now."), (nil, "Say <start_of_turn>. Now."), (nil, "Say <|eot_id|>. Now."),
      (nil, "Say <｜User｜>. Now."), (nil, "Say [INST]. Now."), (nil, "Say </s>. Now."),
      (nil, "Say <eos>. Now."),
      // Characters of their own, and the tokens' bytes.
      ("chatml", "Say <|im_end|>\u{301}. Now."), ("gemma", "Say <end_of_turn>\u{338}. Now."),
      (nil, "Say <|x|>\u{338}. Now."),
    ] {
      let transport = FakeTransport { _, _ in .json("{}") }
      let marked = try record("a", task: "refusal", readout: readout, text: text)
      guard case .failure(let error) = try label([marked], template: template, transport)[0] else {
        Issue.record("\(text) was taken")
        continue
      }
      #expect(error.message.hasSuffix("as text, which a server takes for a special token"))
      #expect(transport.requests.isEmpty)
    }
  }

  /// Where there are no log-probabilities, the text says the choice, and not as the start of a longer word.
  @Test(
    arguments: [
      ("A", "A"), ("A)", "A"), (" A. Yes", "A"), ("A\n", "A"), ("Answer", nil), ("A1", nil), ("B2", nil),
      ("a", nil),
      ("", nil),
    ] as [(String, String?)])
  func sampledChoices(_ text: String, _ expected: String?) throws {
    let reply = JSON.object([
      "choices": [["text": .string(text), "finish_reason": "length"]], "usage": ["completion_tokens": 1],
    ])
    let body = String(decoding: try reply.serialized(), as: UTF8.self)
    let result = try label(
      [record("a", task: "hint", readout: letters)], FakeTransport { _, _ in .json(body) })[0]
    #expect(try (try? result.get())?.behavior(of: "M0")?.original.answer == expected)
  }
}
