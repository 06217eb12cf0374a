import Cases
import Faithfulness
import Streams
import Testing

/// Agreement of two checkpoints against scikit-learn, numpy and scipy, and what it says about reuse.
@Suite struct ReuseReportTests {
  private func compare(
    _ cases: [Case], _ first: String = "M0", _ second: String = "M1", threshold: Double = 0.7
  ) throws -> ReuseReport {
    var table = PairTable(plan: try ScoringPlan(behaviorsOf: first, second))
    for record in cases { try table.add(record) }
    return try ReuseReport(table, threshold: threshold)
  }

  /// So many pairs of items of their own in which M1 does what M0 does, and so many in which it does not.
  private func pairs(agreeing: Int, not other: Int) throws -> [Case] {
    // Answers by turns, so that nothing has collapsed.
    let turns = [("AB AB", "AB AC"), ("BA BA", "BA BD")]
    return try cases(
      (0..<agreeing).map { Pair(turns[$0 % 2].0, says: nil) }
        + (0..<other).map { Pair(turns[$0 % 2].1, says: nil) })
  }

  @Test func references() throws {
    for reference in try #require(Fixture.views()["agreements"]?.array) {
      let names = try #require(reference["names"]?.array).compactMap(\.string)
      let report = try compare(Fixture.cases(), names[0], names[1])
      let json = try JSON.parse(report.render(.json))
      let same = [
        "pairs": "pairs", "items": "items", "agreement.value": "agreement.value", "kappa": "kappa",
        "chance": "chance", "original.accuracy.value": "original.value", "original.kappa": "original.kappa",
        "labels.value": "labels",
      ]
      for (path, wanted) in same {
        let value = try #require(json.at(path)?.number)
        #expect(abs(value - (reference.at(wanted)?.number ?? .nan)) < 1e-12, "\(names) \(path)")
      }
      let ends = [
        ("agreement.low", "agreement.low"), ("agreement.high", "agreement.high"),
        ("original.accuracy.low", "original.low"), ("original.accuracy.high", "original.high"),
      ]
      for (path, wanted) in ends {
        let value = try #require(json.at(path)?.number)
        let bounds = try #require(reference.at(wanted)?.array).compactMap(\.number)
        #expect(bounds[0] <= value && value <= bounds[1], "\(names) \(path): \(value), reference \(bounds)")
      }
      for key in ["by_kind", "by_answer"] {
        let groups = try #require(json[key]?.array)
        let wanted = try #require(reference[key]?.object)
        #expect(Set(groups.compactMap { $0["value"]?.string }) == Set(wanted.keys))
        for group in groups {
          let share = try #require(group.at("agreement.value")?.number)
          #expect(abs(share - (wanted[group["value"]?.string ?? ""]?.number ?? .nan)) < 1e-12)
        }
      }
    }
  }

  @Test func yesNoAndNotSure() throws {
    #expect(try compare(pairs(agreeing: 180, not: 20)).verdict.outcome == .yes)
    #expect(try compare(pairs(agreeing: 100, not: 100)).verdict.outcome == .no)
    let open = try compare(pairs(agreeing: 144, not: 56)).verdict
    #expect(open.outcome == .notSure)
    // 0.72 ± about 0.06: three times the distance to 0.7, so nine times as many items, within rounding.
    #expect((1_400...2_400).contains(try #require(open.itemsNeeded)))
    #expect(try compare(pairs(agreeing: 180, not: 20), threshold: 0.95).verdict.outcome == .no)
  }

  @Test func unanimityIsNoCertainty() throws {
    for reference in try #require(Fixture.views()["unanimous"]?.array) {
      let items = try #require(reference["items"]?.integer)
      let interval = try compare(pairs(agreeing: items, not: 0)).counterfactual.estimate.interval
      #expect(abs((interval?.low ?? 0) - (reference["low"]?.number ?? .nan)) < 1e-12)
      #expect(interval?.high == 1)
      let none = try compare(pairs(agreeing: 0, not: items)).counterfactual.estimate.interval
      #expect(abs((none?.high ?? 0) - (1 - (reference["low"]?.number ?? .nan))) < 1e-12)
    }
    #expect(try compare(pairs(agreeing: 36, not: 0)).verdict.outcome == .yes)
  }

  @Test func fewItemsTellNothing() throws {
    #expect(try compare(pairs(agreeing: 29, not: 0)).verdict.reasons == ["29 source items, fewer than 30"])
    #expect(try compare(pairs(agreeing: 0, not: 29)).verdict.outcome == .notSure)
    // Many pairs of few items.
    let few = try cases(
      (0..<200).map { Pair($0 % 2 == 0 ? "AB AB" : "BA BA", says: nil, item: "item \($0 % 7)") })
    #expect(try compare(few).verdict.outcome == .notSure)
  }

  @Test func aConstantTeachesNothing() throws {
    let constant = try compare(cases(Array(repeating: Pair("AA AA", says: nil), count: 100)))
    #expect(constant.counterfactual.estimate.value == 1)
    #expect(constant.verdict.outcome == .notSure)
    #expect(constant.verdict.reasons.contains("M0 has collapsed to one answer"))
    // Each has another answer in 10 % of the pairs, never the same ones: 0.8 as by chance, 0.82.
    let skewed =
      (0..<300).map { Pair($0 < 30 ? "AB AA" : $0 < 60 ? "AA AB" : "AA AA", says: nil) }
      + (0..<60).map { _ in Pair("BA BA", says: nil) }
    let chance = try compare(cases(skewed)).verdict
    #expect(chance.outcome == .notSure)
    #expect(chance.reasons.contains { $0.hasPrefix("independent answers as frequent as these agree in ") })
  }

  @Test func oneCheckpointIsNotTwo() {
    #expect(throws: ToolError.self) { try ScoringPlan(behaviorsOf: "M0", "M0") }
  }
}
