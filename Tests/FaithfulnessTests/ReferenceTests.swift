import Cases
import Faithfulness
import Streams
import Testing

/// Every number of the report on the synthetic stream against numpy, scipy, scikit-learn and statsmodels.
@Suite struct ReferenceTests {
  private let references: JSON
  private let cases: [Case]

  init() throws {
    references = try Fixture.references()
    cases = try Fixture.cases()
  }

  @Test func rows() throws {
    let report = try report(cases, selves: ["M1", "M2", "M0"], origs: ["M0", "M1"])
    let rows = try #require(report.json["rows"]?.array)
    let expected = try #require(references["rows"]?.array)
    #expect(expected.count == 5)
    for reference in expected {
      let row = try #require(
        rows.first { $0["self"] == reference["self"] && $0["orig"] == reference["orig"] })
      let name = "\(row["self"]?.string ?? "") against \(row["orig"]?.string ?? "")"
      for member in try #require(reference["exact"]?.object?.members) {
        let value = try #require(row.at(member.key)?.number, "\(name) \(member.key)")
        let wanted = try #require(member.value.number)
        #expect(abs(value - wanted) < 1e-9, "\(name) \(member.key): \(value), reference \(wanted)")
      }
      // Resampled on both sides; the reference says between what bounds 1,000 draws or 2,000 resamples come
      // out.
      for member in try #require(reference["near"]?.object?.members) {
        let value = try #require(row.at(member.key)?.number, "\(name) \(member.key)")
        let bounds = try #require(member.value.array).compactMap(\.number)
        #expect(
          bounds[0] <= value && value <= bounds[1], "\(name) \(member.key): \(value), reference \(bounds)")
      }
    }
  }

  @Test func truthful() throws {
    let report = try report(cases, selves: ["M0", "M1", "M2"], origs: ["M0"])
    let expected = try #require(references["truthful"]?.array)
    #expect(expected.count == 3)
    for reference in expected {
      let name = try #require(reference["self"]?.string)
      let truthful = try #require(report.rows.first { $0.selfName == name }?.truthful)
      #expect(truthful.selfAccuracy == reference["accuracy"]?.number)
      for member in try #require(reference["guesses"]?.object?.members) {
        let contrast = try #require(
          truthful.contrasts.first { $0.guess.rawValue == member.key }, "\(member.key)")
        func isClose(_ value: Double?, _ key: String) -> Bool {
          guard let value, let wanted = member.value[key]?.number else { return false }
          return abs(value - wanted) < 1e-9
        }
        func isBetween(_ value: Double?, _ key: String) -> Bool {
          guard let value, let bounds = member.value[key]?.array?.compactMap(\.number) else { return false }
          return bounds[0] <= value && value <= bounds[1]
        }
        #expect(isClose(contrast.value, "value"), "\(name) \(member.key): \(contrast.value)")
        #expect(isClose(contrast.margin.value, "margin"), "\(name) \(member.key)")
        #expect(isBetween(contrast.margin.interval?.low, "low"), "\(name) \(member.key)")
        #expect(isBetween(contrast.margin.interval?.high, "high"), "\(name) \(member.key)")
        #expect(isBetween(contrast.probability, "p"), "\(name) \(member.key): \(contrast.probability)")
      }
    }
  }

  @Test func holmIsAsInStatsmodels() throws {
    for family in try #require(references["holm"]?.array) {
      let adjusted = holmAdjusted(try #require(family["p"]?.array).compactMap(\.number))
      let wanted = try #require(family["adjusted"]?.array).compactMap(\.number)
      #expect(adjusted.count == wanted.count)
      #expect(zip(adjusted, wanted).allSatisfy { abs($0 - $1) < 1e-12 })
    }
  }

  @Test func health() throws {
    let report = try report(cases, selves: ["M1", "M2"], origs: ["M0"])
    let lines = try #require(report.json["health"]?.array)
    #expect(lines.count == 6)
    for reference in try #require(references["health"]?.array) {
      let line = try #require(
        lines.first { $0["name"] == reference["name"] && $0["task"] == reference["task"] })
      for member in try #require(reference.object?.members) {
        guard let wanted = member.value.number else { continue }
        let value = try #require(line.at(member.key)?.number, "\(member.key)")
        #expect(abs(value - wanted) < 1e-9, "\(member.key): \(value), reference \(wanted)")
      }
    }
    let refusal = try #require(lines.first { $0["task"] == "refusal" })
    #expect(refusal.at("original.choice_mass") == .null)
    let hint = try #require(lines.first { $0["task"] == "hint" })
    #expect(hint["cut_off"] == .null)
    #expect(hint["valid_outputs"]?.number == 1)
  }

  @Test func orderOfTheStreamDoesNotMatter() throws {
    var random = CounterRandom(seed: 1, "order")
    let straight = try report(cases, selves: ["M1"], origs: ["M0"], by: "kind")
    let shuffled = try report(random.shuffled(cases), selves: ["M1"], origs: ["M0"], by: "kind")
    #expect(try straight.json.serialized() == shuffled.json.serialized())
    let otherSeed = try report(cases, selves: ["M1"], origs: ["M0"], by: "kind", seed: 1)
    #expect(straight.json.at("rows") != otherSeed.json.at("rows"))
  }

  @Test func breakdownIsTheSameAsScoringTheGroupAlone() throws {
    let whole = try report(cases, selves: ["M1"], origs: ["M0"], by: "task")
    let groups = try #require(whole.json["breakdown"]?.array)
    #expect(groups.map { $0["group"]?.string } == ["hint", "refusal"])
    for group in groups {
      let alone = try report(
        cases.filter { .string($0.task) == group["group"] }, selves: ["M1"], origs: ["M0"])
      let row = try #require(alone.json["rows"]?.array?.first)
      // Its tests are one of two there, and one of one here.
      for member in try #require(row.object?.members) where !["by", "group", "holm"].contains(member.key) {
        #expect(group[member.key] == member.value, "\(member.key)")
      }
    }
  }
}
