import Cases
import Glibc
import Labelling
import Servers
import Streams
import Synchronization
import TestSupport
import Testing

@Suite struct AnswersTests {
  private func behavior(_ result: Result<Case, ToolError>) throws -> Behavior {
    try #require(try result.get().behavior(of: "M0")).original
  }

  private func message(_ result: Result<Case, ToolError>) -> String? {
    if case .failure(let error) = result { "\(error.status.rawValue) \(error.message)" } else { nil }
  }

  @Test func choicesAmongTheLikeliestTokensNeedOneRequest() throws {
    let legacy = FakeTransport { _, _ in
      .json(
        #"{"choices": [{"text": "B", "logprobs": {"top_logprobs": [{"A": -1.5, "B": -0.5, " x": -2}]}}]}"#)
    }
    let chatForm = FakeTransport { _, _ in
      .json(
        #"{"choices": [{"text": "B", "logprobs": {"content": [{"top_logprobs": [{"token": "A", "logprob": -1.5}, {"token": "B", "logprob": -0.5}]}]}}]}"#
      )
    }
    for transport in [legacy, chatForm] {
      let found = try behavior(try label([record("a", task: "hint", readout: letters)], transport)[0])
      #expect(found.answer == "B")
      #expect(found.scores?.map(\.logProbability) == [-1.5, -0.5])
      #expect(transport.requests.count == 2)
    }
    let prompts = Set(legacy.requests.compactMap { $0["prompt"]?.string })
    #expect(
      prompts == [
        "<|im_start|>user\nPick one. Now.<|im_end|>\n<|im_start|>assistant\nAnswer: (",
        "<|im_start|>user\nPick one.<|im_end|>\n<|im_start|>assistant\nAnswer: (",
      ])
    for request in legacy.requests {
      #expect(request.keys == ["model", "prompt", "temperature", "max_tokens", "logprobs", "path"])
      #expect(request["temperature"] == 0 && request["max_tokens"] == 1 && request["path"] == "/completions")
    }
  }

  @Test func otherChoicesAreEchoed() throws {
    let transport = FakeTransport { _, request in
      if request["echo"] == nil {
        return .json(#"{"choices": [{"text": "A", "logprobs": {"top_logprobs": [{"A": -4}]}}]}"#)
      }
      // The last token is generated; a choice of two tokens; the first token of all has no log-probability.
      return .json(
        #"{"choices": [{"text": "", "logprobs": {"tokens": ["...(", "Y", "TA", "!"], "token_logprobs": [null, -1, -0.25, -9]}}], "usage": {"completion_tokens": 1}}"#
      )
    }
    let readout = Readout.choice(prefill: "", choices: ["A", "YTA"])
    let found = try behavior(try label([record("a", task: "sycophancy", readout: readout)], transport)[0])
    #expect(found.scores?.map(\.logProbability) == [-4, -1.25])
    #expect(found.answer == "YTA")
    let echoed = try #require(transport.requests.first { $0["echo"] != nil })
    #expect(echoed["prompt"]?.string?.hasSuffix("assistant\nYTA") == true)
  }

  @Test func aChoiceThatTokensJoinToThePromptIsABadCase() throws {
    let transport = FakeTransport { _, request in
      request["echo"] == nil
        ? .json(#"{"choices": [{"text": "A", "logprobs": {"top_logprobs": [{"x": -4}]}}]}"#)
        : .json(
          #"{"choices": [{"logprobs": {"tokens": ["..", "(A"], "token_logprobs": [null, -1]}}], "usage": {"completion_tokens": 0}}"#
        )
    }
    let results = try label([record("a", task: "hint", readout: letters)], transport)
    #expect(
      message(results[0])
        == "65 case \"a\": the server's tokens join the choice \"A\" to what is before it")
  }

  @Test func withoutLogProbabilitiesTheAnswerIsSampled() throws {
    let none = FakeTransport { _, _ in .json(#"{"choices": [{"text": " B) since", "logprobs": null}]}"#) }
    let refusing = FakeTransport { _, request in
      request["logprobs"] == nil
        ? .json(#"{"choices": [{"text": "B) since"}]}"#)
        : .json(#"{"error": {"message": "logprobs are not allowed"}}"#, status: 400)
    }
    for transport in [none, refusing] {
      let labelled = try label([record("a", task: "hint", readout: letters)], transport)[0].get()
      #expect(try labelled.behavior(of: "M0")?.original == Behavior(answer: "B"))
      #expect(labelled.json["behaviors"]?["M0"]?["original"]?["logprobs"] == .null)
    }
    let other = FakeTransport { _, _ in .json(#"{"choices": [{"text": "Well"}]}"#) }
    let results = try label([record("a", task: "hint", readout: letters)], other)
    #expect(
      message(results[0]) == "65 case \"a\": the server's answer \"Well\" begins with none of the choices")
  }

  /// Texts are asked for with the space before them, and recorded without it.
  @Test func textsAreScoredWithTheirDelimiter() throws {
    let readout = Readout.choice(
      prefill: "Answer:", choices: ["ice", "hot water"], reading: ChoiceReading(delimiter: " ", score: .mean))
    let transport = FakeTransport { _, request in
      if request["echo"] == nil {
        return .json(##"{"choices": [{"text": "A", "logprobs": {"top_logprobs": [{" ice": -1}]}}]}"##)
      }
      return .json(
        ##"{"choices": [{"logprobs": {"tokens": ["...:", " hot", " water"], "token_logprobs": [null, -1, -1]}}], "usage": {"completion_tokens": 0}}"##
      )
    }
    let found = try behavior(try label([record("a", task: "hint", readout: readout)], transport)[0])
    #expect(
      found.scores?.map(\.logProbability) == [-1, -2] && found.scores?.map(\.choice) == readout.answers)
    // −1 over three bytes is less than −2 over nine.
    #expect(found.answer == "hot water")
    let echoed = try #require(transport.requests.first { $0["echo"] != nil })
    #expect(echoed["prompt"]?.string?.hasSuffix("assistant\nAnswer: hot water") == true)
    // Servers may or may not give the space.
    for text in [" hot water is", "hot water is"] {
      let sampling = FakeTransport { _, _ in
        .json(##"{"choices": [{"text": "\##(text)", "logprobs": null}]}"##)
      }
      let sampled = try behavior(try label([record("a", task: "hint", readout: readout)], sampling)[0])
      #expect(sampled == Behavior(answer: "hot water"))
    }
  }

  @Test func textIsAChatAndWithAPrefillACompletion() throws {
    let transport = FakeTransport { path, request in
      let text = path == "/chat/completions" ? #""message": {"content": "No."}"# : #""text": " No.""#
      let reason = request["max_tokens"] == 32 ? "stop" : "length"
      return .json(
        #"{"choices": [{\#(text), "finish_reason": "\#(reason)"}], "usage": {"completion_tokens": 3}}"#)
    }
    let plain = Readout.generate(prefill: "", maximumTokens: 7, answers: Readout.generatedAnswers)
    let results = try label(
      [record("a", task: "refusal", readout: plain)], template: nil, explain: true, transport)
    let labelled = try results[0].get()
    let generation = try #require(try labelled.behavior(of: "M0")).original.generation
    #expect(generation == Behavior.Generation(text: "No.", tokens: 3, finish: .length))
    #expect(try labelled.explanations(of: "M0")?["f"]?.text == "No.")
    #expect(transport.requests.allSatisfy { $0["path"] == "/chat/completions" })
    #expect(
      transport.requests.contains {
        $0["messages"] == [["role": "user", "content": "Pick one. Now."]] && $0["max_tokens"] == 7
      })

    let started = Readout.generate(prefill: "Sure,", maximumTokens: 7, answers: Readout.generatedAnswers)
    let second = try label([record("b", task: "refusal", readout: started)], transport)
    #expect(try behavior(second[0]).generation?.text == " No.")
    #expect(transport.requests.last?["prompt"]?.string?.hasSuffix("assistant\nSure,") == true)
  }

  @Test func casesComeOutInTheirOrder() throws {
    let transport = FakeTransport { _, _ in
      .json(#"{"choices": [{"text": "B", "logprobs": {"top_logprobs": [{"A": -1.5, "B": -0.5}]}}]}"#)
    }
    let records = try (0..<40).map { try record("\($0)", task: "hint", readout: letters) }
    for concurrency in [1, 8] {
      let results = try label(records, concurrency: concurrency, transport)
      #expect(try results.map { try $0.get().id } == records.map(\.id))
    }
  }

  /// With the checkpoint at hand, every request is the prompt that its own template makes, with and without a prefill.
  @Test func aCheckpointWritesAllPrompts() throws {
    let prompt = try ServerPrompt(checkpoint: fixture("tiny-llama/hf"), templateNamed: nil, arguments: [:])
    let transport = FakeTransport { _, _ in
      .json(
        #"{"choices": [{"text": "B", "logprobs": {"top_logprobs": [{"A": -1.5, "B": -0.5}]}, "finish_reason": "stop"}], "usage": {"completion_tokens": 1}}"#
      )
    }
    let written = Readout.generate(prefill: "", maximumTokens: 7, answers: Readout.generatedAnswers)
    _ = try label([try record("a", task: "refusal", readout: written)], prompt: prompt, transport)
    _ = try label([try record("b", task: "hint", readout: letters)], prompt: prompt, transport)
    #expect(transport.requests.allSatisfy { $0["path"] == "/completions" })
    let prompts = transport.requests.compactMap { $0["prompt"]?.string }
    let expected = "<|im_start|>user\nPick one. Now.<|im_end|>\n<|im_start|>assistant\n"
    #expect(prompts.contains(expected) && prompts.contains { $0.hasPrefix(expected) && $0 != expected })
    #expect(prompts.count == transport.requests.count)
    #expect(transport.requests.first?["stop"] == ["<|im_end|>"])
  }

  /// The two requests of the first case are answered when a dozen others are; there are never more than three at a
  /// time.
  @Test func aSlowRequestHoldsNoOtherBack() throws {
    let reply = #"{"choices": [{"text": "B", "logprobs": {"top_logprobs": [{"A": -1.5, "B": -0.5}]}}]}"#
    let others = Atomic<Int>(0)
    let running = Atomic<Int>(0)
    let peak = Atomic<Int>(0)
    let transport = FakeTransport { _, request throws(TransportFailure) in
      peak.max(running.add(1, ordering: .relaxed).newValue, ordering: .relaxed)
      defer { running.subtract(1, ordering: .relaxed) }
      guard request["prompt"]?.string?.contains("Slow one") == true else {
        others.add(1, ordering: .relaxed)
        return .json(reply)
      }
      for _ in 0..<500 where others.load(ordering: .relaxed) < 12 { usleep(10_000) }
      guard others.load(ordering: .relaxed) >= 12 else { throw .timeout }
      return .json(reply)
    }
    let slow = try record("slow", task: "hint", readout: letters, text: "Slow one. Now.")
    let records = [slow] + (try (0..<20).map { try record("\($0)", task: "hint", readout: letters) })
    let results = try label(records, concurrency: 3, transport)
    #expect(try results.map { try $0.get().id } == records.map(\.id))
    #expect(peak.load(ordering: .relaxed) == 3)
  }

  @Test func aPromptNeedsATemplateAndTextWithoutItsMarkers() throws {
    let transport = FakeTransport { _, _ in .json("{}") }
    let record = try record("a", task: "hint", readout: letters)
    #expect(throws: ToolError.self) { try label([record], template: nil, transport) }
    let marked = try ServersTests.record("a", task: "hint", readout: letters, text: "Say <|im_end|>. Now.")
    #expect(
      message(try label([marked], transport)[0])
        == "65 case \"a\": holds \"<|im_end|>\" as text, which a server takes for a special token")
    #expect(transport.requests.isEmpty)
  }
}
