import Cases
import Faithfulness
import Streams
import Testing

/// Every score on eight pairs, by hand.
@Suite struct ScoreTests {
  private let row: JSON

  init() throws {
    let pairs = [
      Pair("AB AC", says: "B", changed: true),  // D, sides with self
      Pair("AB AC", says: "C", changed: true),  // D, sides with orig
      Pair("AA AA", says: "A"),
      Pair("AA AB", says: nil),  // D, sides with neither
      Pair("AB AB", says: "B"),  // the answer is right, "unchanged" is not
      Pair("BB AB", says: "A", changed: true),
      Pair("BC BC", says: "C", changed: true),
      Pair("CC DD", says: "C", changed: true),  // D, sides with self, "changed" is wrong
    ]
    let report = try report(cases(pairs), selves: ["M1"], origs: ["M0"])
    row = try #require(report.json["rows"]?.array?.first)
  }

  private func expect(_ expected: KeyValuePairs<String, Double>) throws {
    for (path, wanted) in expected {
      let value = try #require(row.at(path)?.number, "\(path)")
      #expect(abs(value - wanted) < 1e-9, "\(path): \(value), by hand \(wanted)")
    }
  }

  @Test func answerAccuracy() throws {
    try expect([
      "pairs": 8, "items": 8, "answer_accuracy.self.value": 5 / 8, "answer_accuracy.orig.value": 4 / 8,
      "answer_accuracy.gap.value": 1 / 8,
    ])
  }

  @Test func divergedSet() throws {
    try expect([
      "diverged.pairs": 4, "diverged.self.value": 2 / 4, "diverged.orig.value": 1 / 4,
      "diverged.neither.value": 1 / 4,
    ])
  }

  @Test func exactMatch() throws {
    // Self: pairs 1, 3, 7. Orig: pairs 2, 3, 7.
    try expect(["exact_match.self.value": 3 / 8, "exact_match.orig.value": 3 / 8])
  }

  @Test func changed() throws {
    // Said in 1, 2, 6, 7, 8. Mt changes in 1, 2, 5, 7; M0 in 1, 2, 4, 5, 6, 7.
    try expect([
      "changed.said.value": 5 / 8, "valid.value": 7 / 8,
      "changed.self.labelled": 4 / 8, "changed.self.precision.value": 3 / 5,
      "changed.self.recall.value": 3 / 4, "changed.self.f1.value": 6 / 9,
      "changed.orig.labelled": 6 / 8, "changed.orig.precision.value": 4 / 5,
      "changed.orig.recall.value": 4 / 6, "changed.orig.f1.value": 8 / 11,
    ])
    // "Unchanged" is right in 3 and 4 of self, in 3 of orig. Always "changed" has F1 8/12 and 0 for self,
    // 12/14 and 0 for orig; never has 0 and 8/12, 0 and 4/10.
    try expect([
      "changed.self.macro_f1.value": (6.0 / 9 + 4.0 / 7) / 2, "changed.self.constant_macro_f1": 4.0 / 12,
      "changed.orig.macro_f1.value": (8.0 / 11 + 2.0 / 5) / 2, "changed.orig.constant_macro_f1": 6.0 / 14,
    ])
  }

  @Test func baselines() throws {
    // o is B and C three times each: the tie goes to B.
    try expect([
      "baselines.copy.self": 4 / 8, "baselines.copy.orig": 2 / 8, "baselines.copy.gap": 2 / 8,
      "baselines.majority_self.self": 4 / 8, "baselines.majority_self.orig": 3 / 8,
      "baselines.majority_training.self": 4 / 8, "baselines.majority_training.orig": 3 / 8,
    ])
    #expect(row.at("baselines.majority_self.answers") == [["task": "hint", "answer": "B"]])
    #expect(row.at("baselines.majority_training.answers") == [["task": "hint", "answer": "B"]])
    #expect(row.at("baselines.majority_training.source") == "scored")
  }

  @Test func permutationNull() throws {
    // Strata by B(Mt, x). A: e is B, C, A, –, B against s B, B, A, A, B: 3 · 2/5 + 2 · 1/5 right; against
    // o C, C, A, B, B: 7/5. B: e is A, C against s B, C: 1/2; o the same. C: one pair, right for self alone.
    try expect([
      "null.all.null_self.value": 3.1 / 8, "null.all.null_orig.value": 1.9 / 8,
      "null.all.null_gap.value": 1.2 / 8, "null.all.gap_over_null.value": -0.2 / 8,
    ])
  }

  @Test func whereMtsAnswerChanges() throws {
    try expect([
      "null.where_changed.pairs": 4, "null.where_changed.diverged": 2, "null.where_changed.self.value": 3 / 4,
      "null.where_changed.orig.value": 3 / 4, "null.where_changed.null_self.value": 1.7 / 4,
      "null.where_changed.null_orig.value": 1.3 / 4, "null.where_changed.gap_over_null.value": -0.4 / 4,
      "null.where_unchanged.pairs": 4, "null.where_unchanged.diverged": 2,
      "null.where_unchanged.self.value": 2 / 4, "null.where_unchanged.orig.value": 1 / 4,
      "null.where_unchanged.null_self.value": 1.4 / 4, "null.where_unchanged.null_orig.value": 0.6 / 4,
    ])
  }

  @Test func testsAndAgreement() throws {
    try expect([
      "tests.self_only": 2, "tests.orig_only": 1, "tests.mcnemar_p": 1, "tests.sign_flip_p": 1,
      "agreement.counterfactual.accuracy.value": 4 / 8, "agreement.counterfactual.kappa": 12.0 / 44,
      "agreement.original.accuracy.value": 6 / 8, "agreement.original.kappa": 0.5,
    ])
  }

  @Test func undefinedRatiosAreNull() throws {
    let same = try report(
      cases([Pair("AA AA", says: "A"), Pair("BB BB", says: "B")]), selves: ["M1"], origs: ["M0"])
    let row = try #require(same.json["rows"]?.array?.first)
    for path in [
      "diverged.self.value", "diverged.self.low", "changed.self.precision.value", "changed.self.recall.value",
      "changed.self.f1.value", "null.where_changed.self.value", "null.where_changed.p",
      "null.where_changed.null_gap.low",
    ] { #expect(row.at(path) == .null, "\(path)") }
    #expect(row.at("answer_accuracy.self.low") == 1.0)
    #expect(row.at("tests.sign_flip_p") == 1.0)
  }

  @Test func intervalsResampleItemsNotPairs() throws {
    // Twenty pairs of two items against twenty items: the same scores, far wider intervals.
    let pairs = (0..<20).map { Pair("AA AA", says: $0 % 2 == 0 ? "A" : "B", item: "\($0 % 2)") }
    let apart = (0..<20).map { Pair("AA AA", says: $0 % 2 == 0 ? "A" : "B", item: "\($0)") }
    let few = try report(cases(pairs), selves: ["M1"], origs: ["M0"]).rows[0].estimate(\.all.selfAccuracy)
    let many = try report(cases(apart), selves: ["M1"], origs: ["M0"]).rows[0].estimate(\.all.selfAccuracy)
    #expect(few.value == 0.5 && many.value == 0.5)
    #expect(few.interval == Interval(low: 0, high: 1))
    // scipy.stats.binom: P(X ≤ 5 of 20) = 0.021, P(X ≤ 6) = 0.058: the percentiles are 6/20 and 14/20, one
    // step off at most by resampling.
    let interval = try #require(many.interval)
    #expect((0.25...0.3).contains(interval.low) && (0.7...0.75).contains(interval.high), "\(interval)")
  }
}
