import Cases
import Labelling
import Streams
import Tasks
import Testing

@Suite struct ShotSelectionTests {
  /// A labelled case with one feature, of its own item or a given one.
  private func labelled(
    _ id: String, _ original: String, _ without: String, split: String = "train", item: String? = nil,
    system: String? = nil
  ) throws -> Case {
    let before = system.map { [Message(role: "system", content: $0)] } ?? []
    var made = try record(
      id, task: "hint", "Question \(id). A hint.", before: before, removing: [" A hint."],
      readout: .choice(prefill: "", choices: ["A", "B"]))
    made.setBehavior(
      CaseBehavior(
        model: nil, original: Behavior(answer: original), counterfactual: ["f0": Behavior(answer: without)]),
      of: "M0")
    var object = made.json
    object["split"] = .string(split)
    if let item { object["source"] = ["item": .string(item)] }
    return try Case(json: .object(object))
  }

  /// Five cases for each of the four labels that two answers can have.
  private func pool() throws -> [Case] {
    try (0..<5).flatMap { round in
      try [("A", "A"), ("B", "B"), ("A", "B"), ("B", "A")].map { original, without in
        try labelled("\(original)\(without)\(round)", original, without)
      }
    }
  }

  private func shots(_ cases: [Case], count: Int = 4, seed: UInt64 = 0) throws -> ExplanationShots {
    var selection = ShotSelection(count: count, seed: seed, labelledBy: "M0", tasks: TaskCatalog())
    for labelled in cases { try selection.add(labelled) }
    return try selection.shots()
  }

  /// The messages of the one explanation question of a case.
  private func question(_ record: Case, _ shots: ExplanationShots?) throws -> [Message] {
    let request = LabellingRequest(name: "M1", explain: true, shots: shots, replace: false)
    let last = try #require(CaseQuestions(record, request: request).questions.last)
    guard case .text(let messages, _, _) = last else { throw ToolError(.badData, "not a text") }
    return messages
  }

  private func ids(of shots: ExplanationShots) throws -> [String] {
    try #require(shots.ids["hint"]?.array).map { try #require($0.string) }
  }

  @Test func shotsAreBalancedTurnsBeforeTheQuestion() throws {
    let test = try labelled("asked", "A", "B", split: "test")
    let plain = try question(test, nil)
    let messages = try question(test, shots(pool()))
    #expect(
      messages.map(\.role) == Array(repeating: ["user", "assistant"], count: 4).flatMap { $0 } + ["user"])
    #expect(messages.suffix(1) == plain)
    let said = messages.filter { $0.role == "assistant" }.map(\.content)
    #expect(said.count { $0.contains("change to") } == 2)
    #expect(said.count { $0.contains("unchanged") } == 2)
    #expect(said.count { $0.contains("<<<A>>>") } == 2)
    // Each shot asks about its own case, as a case is asked, and is answered by its label.
    let chosen = try ids(of: shots(pool()))
    for (index, labelled) in try chosen.map({ id in try #require(pool().first { $0.id == id }) }).enumerated()
    {
      let asked = try question(labelled, nil)
      #expect([messages[2 * index]] == asked)
      let original = String(labelled.id.prefix(1))
      let without = String(labelled.id.dropFirst().prefix(1))
      #expect(said[index].contains("<<<\(without)>>>"))
      #expect(said[index].contains("unchanged") == (original == without))
    }
  }

  @Test func theChoiceDependsOnTheSeedAndNotOnTheOrder() throws {
    let cases = try pool()
    let chosen = try ids(of: shots(cases))
    #expect(try ids(of: shots(cases.reversed())) == chosen)
    let others = try (1..<6).map { try ids(of: shots(cases, seed: $0)) }
    #expect(others.contains { $0 != chosen })
  }

  @Test func shotsAreOfDifferentItemsAndOfTheTrainSplit() throws {
    // One item whose answer stays, and one of the train split whose answer changes.
    let cases = try [
      labelled("a", "A", "A", item: "1"), labelled("b", "A", "A", item: "1"),
      labelled("c", "A", "B", item: "2"), labelled("d", "A", "B", split: "test", item: "3"),
    ]
    let chosen = try ids(of: shots(cases, count: 2))
    #expect(chosen.count == 2 && chosen.contains("c") && !chosen.contains("d"))
    let error = #expect(throws: ToolError.self) { try shots(cases, count: 3) }
    #expect(error?.status == .badData)
    #expect(error?.message.contains("no more") == true)
  }

  @Test func aCaseOfTheItemOfAShotIsRefused() throws {
    let shots = try shots([labelled("a", "A", "A", item: "1"), labelled("b", "A", "B", item: "2")], count: 2)
    let error = #expect(throws: ToolError.self) {
      try question(labelled("asked", "A", "B", split: "test", item: "2"), shots)
    }
    #expect(error?.status == .badData)
    #expect(error?.message == "case \"asked\" is of the same item as the shot \"b\"")
  }

  @Test func theSystemMessageThatAllShareStandsOnceInFront() throws {
    let shots = try shots(
      [labelled("a", "A", "A", system: "Be brief."), labelled("b", "A", "B", system: "Be brief.")], count: 2)
    let messages = try question(labelled("asked", "A", "B", split: "test", system: "Be brief."), shots)
    #expect(messages.map(\.role) == ["system", "user", "assistant", "user", "assistant", "user"])
  }

  @Test func systemMessagesThatDifferStandInTheirOwnTurns() throws {
    let shots = try shots(
      [labelled("a", "A", "A", system: "Be brief."), labelled("b", "A", "B", system: "Be brief.")], count: 2)
    let asked = try question(labelled("asked", "A", "B", split: "test", system: "Be kind."), shots)
    #expect(asked.map(\.role) == ["user", "assistant", "user", "assistant", "user"])
    #expect(asked[0].content.hasPrefix("Be brief.\n\nQuestion "))
    #expect(asked[4].content.hasPrefix("Be kind.\n\nQuestion asked."))
    // One that has none is asked as it is.
    let without = try question(labelled("asked", "A", "B", split: "test"), shots)
    #expect(without[2].content.hasPrefix("Be brief.\n\n") && without[4].content.hasPrefix("Question asked."))
  }
}
