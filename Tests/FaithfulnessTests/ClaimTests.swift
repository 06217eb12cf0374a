import Faithfulness
import Streams
import Testing

@Suite struct ClaimTests {
  private func claims(_ texts: [String], arms: [String] = ["both=M1,M2", "one=M1"]) throws -> [Claim] {
    try ScoringPlan(
      selves: ["M1", "M2"], origs: ["M0", "M9"], baseline: "B", arms: arms.map { try Arm($0) }, claims: texts
    ).claims
  }

  private func words(_ side: ClaimSide) -> String {
    switch side {
    case .number(let number): "\(number)"
    case .arm(let quantity):
      "\(quantity.arm.names.joined(separator: "+")) \(quantity.origName) \(quantity.measure.rawValue)"
    }
  }

  @Test(arguments: [
    ("both", "M1+M2 M0 gap-over-null"), ("both.gap", "M1+M2 M0 gap"), ("both/M9", "M1+M2 M9 gap-over-null"),
    ("one/M0.diverged-self", "M1 M0 diverged-self"), ("B.self", "B M0 self"), ("-0.25", "-0.25"),
    ("1e-3", "0.001"),
  ])
  func readsSides(_ text: String, _ meaning: String) throws {
    let claim = try claims(["F1 : both.majority >\(text)"])[0]
    #expect(claim.label == "F1")
    #expect(words(claim.left) == "M1+M2 M0 majority")
    #expect(words(claim.right) == meaning)
    #expect(claim.text == "both.majority > \(text)")
  }

  @Test func labelsMayHoldDotsSlashesAndColons() throws {
    let arms = ["a=M1", "a.b=M2", "a/M9=M1,M2", "c:d=M2"]
    let texts = ["F: a.b > a", "F: a/M9/M9.self > a.b/M9.gap", "F: c:d > 0"]
    let read = try claims(texts, arms: arms).map { [words($0.left), words($0.right)] }
    #expect(
      read == [
        ["M2 M0 gap-over-null", "M1 M0 gap-over-null"], ["M1+M2 M9 self", "M2 M9 gap"],
        ["M2 M0 gap-over-null", "0.0"],
      ])
  }

  @Test(arguments: [
    "F1", "both > 0", ": both > 0", "F1: both", "F1: both > one > 0", "F1: > 0", "F1: both >",
    "F1: both > none",
    "F1: both.faith > 0", "F1: both/M8 > 0", "F1: both/M9/M0 > 0", "F1: bot > 0", "F1: 1 > 0",
    "F1: both > nan",
    "F1: both > infinity", "F1: both > both/M0.gap-over-null", "F1: M1 > 0",
  ])
  func anythingElseIsAUsageError(_ text: String) {
    let error = #expect(throws: ToolError.self) { try claims([text]) }
    #expect(error?.status == .usage)
    #expect(error?.message.hasPrefix("--claim \(text): ") == true)
  }

  /// `a.gap` may be the gap of `a` or the arm `a.gap`, `0.5` a number or an arm.
  @Test(arguments: ["F: a.gap > 0", "F: 0.5 > a", "F: B > 0", "F: a/M9 > 0"])
  func aSideThatCanBeReadInTwoWaysIsAUsageError(_ text: String) throws {
    let arms = ["a=M1", "a.gap=M2", "0.5=M1", "B=M1", "a/M9=M2"]
    let error = #expect(throws: ToolError.self) { try claims([text], arms: arms) }
    #expect(error?.message.hasSuffix("can be read in more than one way") == true)
    #expect(try claims(["F: a.gap.self > a.self"], arms: arms).count == 1)
  }

  @Test func theSameClaimTwiceAndTooManyAreUsageErrors() throws {
    for texts in [["F1: one > 0", "F1: one/M0.gap-over-null > 0.0"], (0...100).map { "F\($0): one > 0" }] {
      let error = #expect(throws: ToolError.self) { try claims(texts) }
      #expect(error?.status == .usage)
    }
    #expect(try claims(["F1: one > 0", "F2: one > 0"]).count == 2)
    #expect(try claims((0..<100).map { "F\($0): one > 0" }).count == 100)
  }
}
