import Cases
import Labelling
import Streams
import Testing
import TinyModels
import Transformer

@Suite struct EngineLabellerTests {
  /// The same answers, texts and explanations, and log-probabilities within 1e-4 a scored token.
  private func expectAgreement(_ found: [Case], _ expected: [Case], _ model: LanguageModel) throws {
    try #require(found.map(\.id) == expected.map(\.id))
    for (a, b) in zip(found, expected) {
      let behaviors = (try #require(try a.behavior(of: "M0")), try #require(try b.behavior(of: "M0")))
      try expectAgreement(behaviors.0.original, behaviors.1.original, model)
      #expect(Set(behaviors.0.counterfactual.keys) == Set(a.features.map(\.id)))
      for (feature, behavior) in behaviors.0.counterfactual {
        try expectAgreement(behavior, try #require(behaviors.1.counterfactual[feature]), model)
      }
      let explanations = try #require(try a.explanations(of: "M0"))
      let others = try #require(try b.explanations(of: "M0"))
      #expect(Set(explanations.keys) == Set(a.features.map(\.id)))
      for (feature, explanation) in explanations {
        let other = try #require(others[feature])
        #expect(explanation.text == other.text)
        #expect(explanation.scores?.map(\.choice) == a.readout.answers)
        // More than any template has.
        expectAgreement(explanation.scores, other.scores) { _ in 60 }
      }
    }
  }

  private func expectAgreement(_ a: Behavior, _ b: Behavior, _ model: LanguageModel) throws {
    #expect(a.answer == b.answer)
    #expect(a.generation == b.generation)
    expectAgreement(a.scores, b.scores) { model.continuation($0).count }
  }

  private func expectAgreement(
    _ a: [Behavior.ChoiceScore]?, _ b: [Behavior.ChoiceScore]?, tokens: (String) -> Int
  ) {
    #expect(a?.map(\.choice) == b?.map(\.choice))
    for (a, b) in zip(a ?? [], b ?? []) {
      // Without one, NaN is not below the bound.
      let difference = (a.logProbability ?? .nan) - (b.logProbability ?? .nan)
      #expect(abs(difference) < 1e-4 * Double(tokens(a.choice)))
    }
  }

  @Test(arguments: [1, 2, 3])
  func answersDoNotDependOnPacksThreadsOrOrder(threads: Int) throws {
    let records = try mixedRecords()
    let expected = try label(records, with: try TinyModel.languageModel(threads: 1), rowBudget: 1)
    let model = try TinyModel.languageModel(threads: threads)
    for rowBudget in [1, 60, 250, 1_000_000] {
      let found = try label(records, with: model, rowBudget: rowBudget)
      try expectAgreement(found, expected, model)
      let reversed = try label(records.reversed(), with: model, rowBudget: rowBudget)
      try expectAgreement(reversed.reversed(), expected, model)
    }
  }

  /// With the token tree switched off: every query by itself, from its first token, in double precision.
  @Test func answersAreThoseOfTheNaiveDecoder() throws {
    let records = try mixedRecords()
    let model = try TinyModel.languageModel(threads: 2)
    let naive = try NaiveDecoder()
    let request = LabellingRequest(name: "M0", explain: true, explainScores: true, replace: false)
    let expected = try records.map { record in
      let asked = try CaseQueries(record, request: request, model: model)
      return try asked.labelled(asked.queries.map(naive.answer), by: model)
    }
    try expectAgreement(
      try label(records, with: model, rowBudget: 1_000_000), expected, model)
  }

  @Test func casesComeOutInTheirOrderAsPacksFill() throws {
    let model = try TinyModel.languageModel(threads: 1)
    let records = try mixedRecords()
    let request = LabellingRequest(name: "M0", explain: false, replace: false)
    let asked = try records.map { try CaseQueries($0, request: request, model: model) }
    let each = EngineLabeller(model: model, rowBudget: 1)
    #expect(try asked.map { try each.take($0).map { try $0.get().id } } == records.map { [$0.id] })
    #expect(try each.takeRest().isEmpty)
    let all = EngineLabeller(model: model, rowBudget: 1_000_000)
    #expect(try asked.allSatisfy { try all.take($0).isEmpty })
    #expect(try all.takeRest().map { try $0.get().id } == records.map(\.id))
  }

  @Test func theAnswerIsTheFirstOfTheBest() throws {
    let model = try TinyModel.languageModel(threads: 1)
    let record = try mixedRecords()[0]
    let asked = try CaseQueries(
      record, request: LabellingRequest(name: "M0", explain: false, replace: false), model: model)
    let labelled = try asked.labelled([.scores([-2, -1, -1]), .scores([-1, -1, -1])], by: model)
    let behavior = try #require(try labelled.behavior(of: "M0"))
    #expect(behavior.original.answer == "B")
    #expect(behavior.counterfactual["f0"]?.answer == "A")
  }

  @Test func otherKeysStayAsTheyAre() throws {
    let model = try TinyModel.languageModel(threads: 1)
    var json = try mixedRecords()[0].json
    json["mine"] = ["z": 1, "a": [.null, "b"]]
    json["behaviors"] = ["Other": ["original": ["answer": "A"], "counterfactual": ["f0": ["answer": "C"]]]]
    let labelled = try label([try Case(json: .object(json))], with: model, rowBudget: 1)[0]
    #expect(labelled.json.keys == json.keys + ["explanations"])
    #expect(labelled.behaviorNames == ["Other", "M0"])
    for key in json.keys where key != "behaviors" { #expect(labelled.json[key] == json[key]) }
    #expect(labelled.json["behaviors"]?.object?["Other"] == json["behaviors"]?.object?["Other"])
  }
}
