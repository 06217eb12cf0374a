import Cases
import Faithfulness
import Streams
import TestSupport
import Testing

/// Files of `Tests/Fixtures/xp-score`, made by `make_xp_score.py`.
enum Fixture {
  static func bytes(_ name: String) throws -> [UInt8] { try readFile(fixture("xp-score/\(name)")) }

  /// Scores by numpy, scipy, scikit-learn and statsmodels.
  static func references() throws -> JSON { try JSON.parse(bytes("references.json")) }

  /// Its cross matrix and agreements by numpy, scipy and scikit-learn, made by `make_xp_score_views.py`.
  static func views() throws -> JSON { try JSON.parse(bytes("views.json")) }

  /// The cases of the synthetic stream.
  static func cases(_ name: String = "small.jsonl") throws -> [Case] {
    try bytes(name).split(separator: UInt8(ascii: "\n")).map {
      try Case(json: JSON.parse(Array($0)))
    }
  }
}

/// The report on some cases.
func report(
  _ cases: [Case], selves: [String], origs: [String], baseline: String? = nil, by key: String? = nil,
  seed: UInt64 = 0, arms: [String] = [], claims: [String] = []
) throws -> ScoreReport {
  let plan = try ScoringPlan(
    selves: selves, origs: origs, baseline: baseline, groupKey: key.map { GroupKey($0) }, seed: seed,
    arms: arms.map { try Arm($0) }, claims: claims)
  var table = PairTable(plan: plan)
  for record in cases { try table.add(record) }
  return try ScoreReport(table)
}

extension JSON {
  /// The value at a dotted path.
  func at(_ path: String) -> JSON? {
    var value: JSON? = self
    for key in path.split(separator: ".") { value = value?[String(key)] }
    return value
  }
}
