import Cases
import Labelling
import Servers
import Streams
import Testing

/// Servers that are asked for chats alone.
@Suite struct ChatTests {
  /// A chat's answer of some tokens, each with the likeliest in its place.
  private func reply(_ steps: [(token: String, value: Double, likeliest: [(String, Double)])]) throws
    -> HTTPReply
  {
    func entry(_ text: String, _ value: Double) -> JSONObject {
      ["token": .string(text), "logprob": .real(value)]
    }
    let content = steps.map { step in
      var object = entry(step.token, step.value)
      object["top_logprobs"] = .array(step.likeliest.map { .object(entry($0.0, $0.1)) })
      return JSON.object(object)
    }
    let text = steps.map(\.token).joined()
    let choice: JSONObject = [
      "message": ["content": .string(text)], "finish_reason": "length",
      "logprobs": ["content": .array(content)],
    ]
    let body: JSONObject = [
      "choices": [.object(choice)], "usage": ["completion_tokens": .integer(steps.count)],
    ]
    return HTTPReply(status: 200, body: try JSON.object(body).serialized())
  }

  private func behavior(
    _ readout: Readout = letters, api: ServerAPI = .chat, by transport: FakeTransport
  ) throws -> Behavior {
    let labelled = try label(
      [record("a", task: "hint", readout: readout)], template: nil, api: api, transport)[0].get()
    return try #require(try labelled.behavior(of: "M0")).original
  }

  private func behavior(
    _ readout: Readout = letters, api: ServerAPI = .chat,
    says steps: [(token: String, value: Double, likeliest: [(String, Double)])]
  ) throws -> Behavior {
    let reply = try reply(steps)
    return try behavior(readout, api: api, by: FakeTransport { _, _ in reply })
  }

  @Test func theLikeliestTokensOfTheFirstAnswerTokenAreTheChoices() throws {
    let reply = try reply([("B", -0.5, [("B", -0.5), ("A", -1.5), (" A", -3), ("x", -2)])])
    let transport = FakeTransport { _, _ in reply }
    let found = try behavior(by: transport)
    #expect(found.answer == "B" && found.scores?.map(\.logProbability) == [-1.5, -0.5])
    for request in transport.requests {
      #expect(
        request["path"] == "/chat/completions" && request["logprobs"] == true && request["top_logprobs"] == 20
      )
      #expect(request["messages"]?.array?.count == 1 && request["continue_final_message"] == nil)
    }
  }

  @Test func aPrefillIsSentWhereTheServerGoesOnWithIt() throws {
    let reply = try reply([("B", -0.5, [("B", -0.5), ("A", -1.5)])])
    let transport = FakeTransport { _, _ in reply }
    #expect(try behavior(api: .chatPrefill, by: transport).answer == "B")
    let request = try #require(transport.requests.first)
    #expect(request["messages"]?.array?.last == ["role": "assistant", "content": "Answer: ("])
    #expect(request["continue_final_message"] == true && request["add_generation_prompt"] == false)
  }

  /// What a model repeats of the prefill is passed over, in whatever tokens.
  @Test(arguments: [["("], ["Answer", ":", " ("], [" Answer: ("]])
  func anEndOfThePrefillIsPassedOver(_ repeated: [String]) throws {
    let steps = repeated.map { ($0, -0.25, [("A", -7.0)]) }
    let found = try behavior(says: steps + [("A", -0.5, [("A", -0.5), ("B", -1.0)]), (")", -0.1, [])])
    #expect(found.scores?.map(\.logProbability) == [-0.5, -1])
  }

  /// A token may hold the end of the prefill and the choice.
  @Test func aChoiceInATokenWithItsBracket() throws {
    let found = try behavior(says: [
      ("(A", -0.5, [("(A", -0.5), ("(B", -1.0), ("A", -4), ("(", -3)]), (")", -0.1, []),
    ])
    #expect(found.scores?.map(\.logProbability) == [-0.5, -1])
  }

  @Test func aChoiceThatIsNotAmongThemIsUnknown() throws {
    let reply = try reply([("C", -0.25, [("C", -0.25), ("B", -2)])])
    let transport = FakeTransport { _, _ in reply }
    let labeller = try labeller(transport)
    let results = try labelled([record("a", task: "hint", readout: letters)], by: labeller)
    let record = try results[0].get()
    #expect(
      record.json["behaviors"]?["M0"]?["original"] == ["answer": "B", "logprobs": ["A": .null, "B": -2.0]])
    // The record that is written can be read.
    #expect(try record.behavior(of: "M0")?.original.scores?.map(\.logProbability) == [nil, -2])
    var manifest = Manifest(tool: "cf-label", version: "", arguments: [], options: [:], start: 0)
    labeller.note(in: &manifest)
    #expect(
      manifest.server?["choices_without_logprobs"] == 2 && manifest.server?["answers_without_logprobs"] == 0)
  }

  /// Of choices of several tokens those are known whose tokens but the last are the answer's.
  @Test func choicesOfSeveralTokens() throws {
    let readout = Readout.choice(
      prefill: "Answer:", choices: ["hot water", "hot air", "ice"], reading: ChoiceReading(delimiter: " "))
    let steps: [(String, Double, [(String, Double)])] = [
      (" hot", -0.5, [(" hot", -0.5), (" ice", -1)]), (" water", -0.25, [(" water", -0.25), (" air", -2)]),
      (".", -0.1, [(" hot", -1)]),
    ]
    #expect(try behavior(readout, says: steps).scores?.map(\.logProbability) == [-0.75, -2.5, -1])
    let cold = [("ice", -0.5, [("ice", -0.5), ("hot", -1.0)])]
    #expect(try behavior(readout, says: cold).scores?.map(\.logProbability) == [nil, nil, -0.5])
  }

  /// The text says B, in a token that is not B: the values of the others do not make one of them the answer.
  @Test func aTextThatSaysAChoiceOfUnknownProbability() throws {
    #expect(try behavior(says: [("B)", -0.25, [("B)", -0.25), ("A", -3)])]) == Behavior(answer: "B"))
  }

  @Test func withoutLogProbabilitiesTheTextSaysTheChoice() throws {
    let refusing = FakeTransport { _, request in
      request["logprobs"] == nil
        ? .json(#"{"choices": [{"message": {"content": "Answer: (B) since"}}]}"#)
        : .json(#"{"error": {"message": "logprobs are not allowed"}}"#, status: 400)
    }
    #expect(try behavior(by: refusing) == Behavior(answer: "B"))
    for text in ["Well", "Answer", "ABC"] {
      let other = FakeTransport { _, _ in .json(#"{"choices": [{"message": {"content": "\#(text)"}}]}"#) }
      let results = try label([record("a", task: "hint", readout: letters)], template: nil, api: .chat, other)
      #expect(throws: ToolError.self) { try results[0].get() }
    }
  }

  /// llama-cpp-python's older form.
  @Test func logProbabilitiesInTheFormOfCompletions() throws {
    let transport = FakeTransport { _, _ in
      .json(
        #"{"choices": [{"message": {"content": "(B"}, "logprobs": {"tokens": ["(", "B"], "token_logprobs": [-0.1, -0.5], "top_logprobs": [{"A": -9}, {"A": -1.5, "B": -0.5}]}}]}"#
      )
    }
    #expect(try behavior(by: transport).scores?.map(\.logProbability) == [-1.5, -0.5])
  }

  @Test func aPrefillOfATextNeedsAServerThatGoesOnWithIt() throws {
    let started = Readout.generate(prefill: "Sure,", maximumTokens: 7, answers: Readout.generatedAnswers)
    let records = [try record("a", task: "refusal", readout: started)]
    let transport = FakeTransport { _, _ in
      .json(
        #"{"choices": [{"message": {"content": " no."}, "finish_reason": "stop"}], "usage": {"completion_tokens": 2}}"#
      )
    }
    #expect(throws: ToolError.self) { try label(records, template: nil, api: .chat, transport) }
    let found = try label(records, template: nil, api: .chatPrefill, transport)[0].get()
    #expect(try found.behavior(of: "M0")?.original.generation?.text == " no.")
  }
}
