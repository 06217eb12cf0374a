import Cases
import Faithfulness
import Reports
import Streams
import Testing

@Suite struct ExampleSampleTests {
  private func sample(_ cases: [Case], limit: Int, seed: UInt64 = 0) throws -> ExampleSample {
    let plan = try ScoringPlan(selves: ["M1"], origs: ["M0"], seed: seed)
    var sample = ExampleSample(plan: plan, limit: limit)
    for record in cases { try sample.add(record) }
    return sample
  }

  private func ids(_ sample: ExampleSample) throws -> [String?] {
    try sample.pairs().map { try JSON.parse($0)["id"]?.string }
  }

  @Test func isSeededBoundedAndDoesNotDependOnOrder() throws {
    let cases = try (0..<200).map { try hintCase(id: "case \($0)") }
    let first = try sample(cases, limit: 20)
    #expect(first.count == 20)
    #expect(first.seen == 200)
    let names = try ids(first)
    #expect(Set(names).count == 20)
    #expect(try ids(sample(cases.reversed(), limit: 20)) == names)
    #expect(try ids(sample(cases, limit: 20, seed: 1)) != names)
    // A larger sample holds the smaller one.
    #expect(try Set(ids(sample(cases, limit: 50))).isSuperset(of: names))
  }

  @Test func partsOfACaseAreOneExample() throws {
    let cases = try (0..<50).map { try hintCase(id: "case \($0)") }
    func part(_ record: Case, without name: String) throws -> Case {
      var object = record.json
      for key in ["behaviors", "explanations"] {
        var entries = object[key]?.object ?? JSONObject()
        entries[name] = nil
        object[key] = .object(entries)
      }
      return try Case(json: .object(object))
    }
    for limit in [10, 100] {
      let whole = try sample(cases, limit: limit)
      var parts = try sample(cases.map { try part($0, without: "M1") }, limit: limit)
      for record in cases.reversed() { try parts.add(part(record, without: "M0"), isNew: false) }
      #expect(parts.seen == 50 && parts.pairs() == whole.pairs())
    }
  }

  @Test func takesAllWhereThereAreFew() throws {
    let cases = try (0..<3).map { try hintCase(id: "case \($0)") }
    #expect(try ids(sample(cases.reversed(), limit: 10)) == ["case 0", "case 1", "case 2"])
    #expect(try sample(cases, limit: 0).pairs().isEmpty)
  }

  @Test func aPairHoldsWhatWasDoneAndSaid() throws {
    let pair = try JSON.parse(
      sample([hintCase(before: "é ", feature: "I say A.", after: " Why?")], limit: 1).pairs()[0])
    #expect(pair["messages"] == [["user", "é ", "I say A.", " Why?"]])
    #expect(pair["choices"] == ["A", "B"])
    #expect(pair["did"]?.array?.first == ["A", "B", [-0.25, -1.5], [-1.2346, -0.5], nil, nil])
    #expect(pair["said"] == [["The output would remain unchanged from <<<A>>>.", false, "A"]])
  }

  @Test func longTextsAreShortenedAroundTheFeature() throws {
    let long = String(repeating: "é", count: 5_000)
    let pair = try JSON.parse(
      sample([hintCase(before: long, feature: "C", after: "x" + long)], limit: 1).pairs()[0])
    let message = (pair["messages"]?.array?.first?.array ?? []).compactMap(\.string)
    try #require(message.count == 4)
    #expect(message[1] == "[6,000 bytes left out …] " + String(repeating: "é", count: 2_000))
    #expect(message[2] == "C")
    // A character is not cut in two.
    #expect(message[3] == "x" + String(repeating: "é", count: 1_999) + " [… 6,002 bytes left out]")
  }
}
