import Cases
import Streams
import Testing

@Suite struct BehaviorTests {
  private let record: JSON = [
    "model": [
      "name": "SmolLM2", "fingerprint": "sha256:00", "adapter": nil, "chat_template": "chatml",
    ],
    "original": ["answer": "B", "logprobs": ["A": -2.5, "B": -0.5]],
    "counterfactual": ["hint": ["answer": "A", "logprobs": ["A": -0.25, "B": -1.5]]],
  ]

  private func reading(_ record: JSON) throws(ToolError) -> CaseBehavior? {
    try Case(json: changed(hintRecord(), ["behaviors"], to: ["M0": record])).behavior(of: "M0")
  }

  @Test func choiceRoundTrip() throws {
    let behavior = try #require(try reading(record))
    #expect(behavior.model?.adapter == nil)
    #expect(behavior.model?.chatTemplate == "chatml")
    #expect(behavior.original.answer == "B")
    #expect(behavior.counterfactual["hint"]?.scores?.map(\.logProbability) == [-0.25, -1.5])
    #expect(ExplanationLabel(behavior, featureID: "hint") == ExplanationLabel(changed: true, answer: "A"))
    #expect(ExplanationLabel(behavior, featureID: "other") == nil)

    var written = try Case(json: hintRecord())
    #expect(try written.behavior(of: "M0") == nil)
    written.setBehavior(behavior, of: "M0")
    written.setBehavior(behavior, of: "M1")
    #expect(written.behaviorNames == ["M0", "M1"])
    #expect(written.json["behaviors"]?["M0"] == record)
    #expect(written.json.keys.suffix(2) == ["mine", "behaviors"])
  }

  @Test func generateRoundTrip() throws {
    let original: JSON = ["answer": "refuse", "text": "I'm sorry", "tokens": 3, "finish": "stop"]
    let counterfactual: JSON = [
      "hint": ["answer": "comply", "text": "Sure", "tokens": 24, "finish": "length"]
    ]
    let record: JSON = ["model": nil, "original": original, "counterfactual": counterfactual]
    let base = changed(hintRecord(), ["readout"], to: ["kind": "generate", "max_tokens": 24])
    var written = try Case(json: changed(base, ["behaviors"], to: ["M": record]))
    let behavior = try #require(try written.behavior(of: "M"))
    #expect(behavior.original.generation == .init(text: "I'm sorry", tokens: 3, finish: .stop))
    written.setBehavior(behavior, of: "copy")
    #expect(written.json["behaviors"]?["copy"] == record)
  }

  @Test func logProbabilitiesMayBeNull() throws {
    let behavior = try #require(try reading(changed(record, ["original", "logprobs"], to: .null)))
    #expect(behavior.original.scores == nil)
    var written = try Case(json: hintRecord())
    written.setBehavior(behavior, of: "S")
    #expect(written.json["behaviors"]?["S"]?["original"] == ["answer": "B", "logprobs": nil])
  }

  @Test func aChoiceMayHaveNoLogProbability() throws {
    let lacking = try changed(record, ["original", "logprobs", "A"], to: .null)
    let behavior = try #require(try reading(lacking))
    #expect(behavior.original.scores?.map(\.logProbability) == [nil, -0.5])
    var written = try Case(json: hintRecord())
    written.setBehavior(behavior, of: "S")
    #expect(written.json["behaviors"]?["S"]?["original"] == lacking["original"])
    let readout = Readout.choice(prefill: "", choices: ["A", "B"], reading: ChoiceReading(score: .mean))
    #expect(readout.answer(by: try #require(behavior.original.scores)) == "B")
  }

  @Test(
    arguments: [
      (["original"], nil, "missing key \"original\""),
      (["original", "answer"], "C", "original: answer is \"C\", expected one of A, B"),
      (["original", "logprobs"], ["A": -1], "original: logprobs: missing key \"B\""),
      (["original", "logprobs", "A"], "x", "original: logprobs: key \"A\" is a string, expected a number"),
      (["counterfactual"], nil, "counterfactual: missing key \"hint\""),
      (["counterfactual", "hint"], 1, "counterfactual: key \"hint\" is a number, expected an object"),
      (["model", "name"], nil, "model: missing key \"name\""),
      (["model", "fingerprint"], 1, "model: key \"fingerprint\" is a number, expected a string"),
    ] as [([String], JSON?, String)])
  func wrongBehaviors(path: [String], value: JSON?, message: String) {
    #expect(throws: ToolError.badData("behaviors[\"M0\"]: " + message)) {
      try reading(changed(record, path, to: value))
    }
  }

  @Test func aModelsNameIsEnough() throws {
    let named = try reading(changed(record, ["model"], to: ["name": "mine"]))
    #expect(named?.model == ModelIdentity(name: "mine", fingerprint: "", adapter: nil, chatTemplate: ""))
  }

  /// What another tool need not record: what a text states, or the text itself.
  @Test func halfAnExplanationIsEnough() throws {
    func explained(_ said: JSON) throws -> Case {
      var json = try #require(hintRecord().object)
      json["explanations"] = ["M1": ["hint": said]]
      return try Case(json: .object(json))
    }
    func explanation(_ record: Case) throws -> Explanation? { try record.explanations(of: "M1")?["hint"] }

    let stated = try explained(["answer": "B", "changed": true])
    #expect(try explanation(stated) == Explanation(text: nil, changed: true, answer: "B"))
    let parse = { (text: String) in Explanation(text: text, changed: false, answer: "A") }
    var textAlone = try explained(["mine": 1, "text": "As it is: A."])
    try textAlone.readExplanations(of: "M1", by: parse)
    #expect(try explanation(textAlone) == Explanation(text: "As it is: A.", changed: false, answer: "A"))
    #expect(
      textAlone.json["explanations"]?["M1"]?["hint"]?.object?.keys == ["mine", "text", "changed", "answer"])
    // What was read already, and did not parse, stays so.
    var mute = try explained(["text": "Hm", "changed": nil, "answer": nil])
    try mute.readExplanations(of: "M1", by: parse)
    #expect(try explanation(mute) == Explanation(text: "Hm", changed: nil, answer: nil))

    for (said, message) in [
      ([:], "missing key \"text\""), (["answer": "B"], "missing key \"changed\""),
      (["changed": true], "missing key \"answer\""),
      (["text": "…", "logprobs": ["A": -1]], "logprobs: missing key \"B\""),
      (
        ["text": "…", "logprobs": ["A": -1, "B": .null]],
        "logprobs: key \"B\" is null, expected a number"
      ),
    ] as [(JSON, String)] {
      let wrong = try explained(said)
      #expect(throws: ToolError.badData("explanations[\"M1\"]: hint: " + message)) { try explanation(wrong) }
    }
  }

  @Test func explanationsRoundTrip() throws {
    var written = try Case(json: hintRecord())
    #expect(try written.explanations(of: "M0") == nil)
    let scores = zip(["A", "B"], [-0.5, -2]).map {
      Behavior.ChoiceScore(choice: $0, logProbability: $1)
    }
    let said = ["hint": Explanation(text: "… <<<A>>>.", changed: true, answer: "A", scores: scores)]
    let mute = ["hint": Explanation(text: "Hm", changed: nil, answer: nil)]
    written.setExplanations(said, of: "M0")
    written.setExplanations(mute, of: "M1")
    #expect(written.explanationNames == ["M0", "M1"])
    let expected: JSON = ["hint": ["text": "Hm", "changed": nil, "answer": nil]]
    #expect(written.json["explanations"]?["M1"] == expected)
    let read = try Case(json: .object(written.json))
    #expect(try read.explanations(of: "M0") == said)
    #expect(try read.explanations(of: "M1") == mute)

    let wrong = changed(.object(written.json), ["explanations", "M0", "hint", "answer"], to: "Z")
    let message = "explanations[\"M0\"]: hint: answer is \"Z\", expected null or one of A, B"
    #expect(throws: ToolError.badData(message)) { try Case(json: wrong).explanations(of: "M0") }
  }
}
