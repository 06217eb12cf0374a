import Cases
import Faithfulness
import Streams
import Testing

/// Explanations read by probability, against numpy and scikit-learn (`make_explanation_scores.py`).
@Suite struct ProbabilityScoresTests {
  private let references: JSON
  private let cases: [Case]

  init() throws {
    references = try JSON.parse(Fixture.bytes("explanation-scores.json"))
    cases = try Fixture.cases("explanation-scores.jsonl")
  }

  private func scores(_ cases: [Case]) throws -> JSON {
    let json = try report(cases, selves: ["M1"], origs: ["M0"]).json
    return try #require(json["rows"]?.array?.first?["by_probability"])
  }

  @Test func everyScoreIsTheReferences() throws {
    let scores = try scores(cases)
    #expect(scores["pairs"] == references["pairs"])
    #expect(scores["items"] == references["items"])
    #expect(scores.at("diverged.pairs") == references["diverged"])
    let expected = try #require(references["scores"]?.object?.members)
    #expect(expected.count == 8)
    for (key, reference) in expected.map({ ($0.key, $0.value) }) {
      let found = try #require(scores.at(key))
      let value = try #require(found["value"]?.number)
      let wanted = try #require(reference["value"]?.number)
      #expect(abs(value - wanted) < 1e-6, "\(key): \(value), reference \(wanted)")
      // A percentile interval over some 60 items is as wide as the sandwich estimate says, to a sixth.
      let (low, high) = (try #require(found["low"]?.number), try #require(found["high"]?.number))
      let width = 2 * 1.96 * (try #require(reference["standard_error"]?.number))
      #expect(abs((high - low) / width - 1) < 1.0 / 6, "\(key): \(high - low), reference \(width)")
      #expect(low < value && value < high)
    }
  }

  @Test func calibrationIsTheReferences() throws {
    let calibration = try #require(try scores(cases)["calibration"])
    let error = try #require(calibration["expected_error"]?.number)
    #expect(abs(error - (try #require(references["expected_calibration_error"]?.number))) < 1e-6)
    #expect(calibration["bins"]?.array?.map { $0["pairs"] } == references["bins"]?.array?.map { $0 })
  }

  @Test func theOrderOfTheStreamDoesNotMatter() throws {
    #expect(try scores(cases.reversed()) == scores(cases))
  }

  /// One input has what M1 did, another what M0 did.
  @Test func casesOfTwoInputsAreScoredAsOfOne() throws {
    let plan = try ScoringPlan(selves: ["M1"], origs: ["M0"])
    var table = PairTable(plan: plan, merges: true)
    for name in ["M1", "M0"] {
      for record in cases {
        var json = record.json
        json["behaviors"] = .object([name: try #require(json["behaviors"]?[name])])
        if name == "M0" { json["explanations"] = nil }
        try table.add(
          try Case(json: .object(json)), at: SourcePosition(file: name))
      }
    }
    let merged = try ScoreReport(table).json["rows"]?.array?.first?["by_probability"]
    #expect(merged == (try scores(cases)))
  }

  @Test func withoutProbabilitiesThereAreNoScores() throws {
    let row = try report(Fixture.cases(), selves: ["M1"], origs: ["M0"]).json["rows"]?.array?.first
    #expect(row?.object?.keys.contains("by_probability") == false)
  }
}
