import Cases
import Labelling
import Streams
import Testing

@Suite struct BehaviorSummaryTests {
  /// A labelled case whose answers on x and on x without each part are given.
  private func labelled(_ id: String, task: String = "hint", _ answers: [String]) throws -> Case {
    let parts = answers.indices.dropFirst().map { " Part \($0)." }
    var record = try record(
      id, task: task, "Start." + parts.joined(), removing: parts,
      readout: .choice(prefill: "", choices: ["A", "B", "C"]))
    let pairs = zip(record.features.map(\.id), answers.dropFirst().map { Behavior(answer: $0) })
    record.setBehavior(
      CaseBehavior(
        model: nil, original: Behavior(answer: answers[0]),
        counterfactual: Dictionary(uniqueKeysWithValues: pairs)), of: "M0")
    return record
  }

  private func summary(_ answers: [[String]]) throws -> BehaviorSummary {
    var summary = BehaviorSummary(name: "M0")
    for (index, answers) in answers.enumerated() { try summary.add(labelled("\(index)", answers)) }
    return summary
  }

  @Test func aBehaviourThatDependsOnTheInputIsReportedWithoutWarning() throws {
    let summary = try summary([["A", "B"], ["A", "A"], ["B", "B", "C"]])
    #expect(
      summary.lines == [
        "M0 on hint: 3 x, most often \"A\" (67 %, 0.92 bits); 4 x∖C, most often \"B\" (50 %, 1.50 bits); "
          + "removal changes 50 %"
      ])
    let hint = try #require(summary.json["hint"]?.object)
    #expect(hint["changed"] == .real(0.5))
    #expect(hint["nothing_to_explain"] == .array([]))
    #expect(hint["original"]?["answers"] == ["A": .integer(2), "B": .integer(1)])
    #expect(hint["counterfactual"]?["entropy_bits"] == .real(1.5))
  }

  @Test(arguments: [
    ([["A", "A"], ["B", "B"]], ["removal changes no answer"]),
    ([["A", "B"], ["B", "A"]], ["removal changes every answer"]),
    ([["A", "B"], ["B", "B"]], ["100 % of the answers on x∖C are \"B\""]),
    ([["A", "B"], ["A", "A"]], ["100 % of the answers on x are \"A\""]),
  ])
  func whatLeavesNothingToExplainIsNamed(answers: [[String]], reasons: [String]) throws {
    let summary = try summary(answers)
    #expect(
      summary.lines.dropFirst()
        == ArraySlice(reasons.map { "warning: M0 leaves nothing to explain in hint: \($0)" }))
    #expect(summary.json["hint"]?["nothing_to_explain"] == .array(reasons.map { .string($0) }))
  }

  @Test func ninetyFivePercentOfOneAnswerIsTooMuch() throws {
    let many = Array(repeating: ["A", "A"], count: 18)
    #expect(try summary(many + [["A", "B"], ["B", "C"]]).lines.count == 2)
    #expect(try summary(many + [["C", "B"], ["B", "C"]]).lines.count == 1)
  }

  @Test func tasksAreCountedApartAndOtherNamesNotAtAll() throws {
    var summary = BehaviorSummary(name: "M0")
    try summary.add(labelled("a", task: "refusal", ["A", "B"]))
    try summary.add(labelled("b", task: "hint", ["A"]))
    #expect(summary.json.keys == ["hint", "refusal"])
    // Without features there is nothing that could be changed, and no reason to warn.
    #expect(summary.json["hint"]?["changed"] == .null)
    var other = BehaviorSummary(name: "M1")
    try other.add(labelled("a", ["A", "B"]))
    #expect(other.lines == [])
  }
}
