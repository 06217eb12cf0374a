import Faithfulness
import Reports
import Streams
import Testing

@Suite struct PageTests {
  private let hostile = "</script><script>alert(1)</script><!-- \" ' & \u{2028} ]]>"

  @Test func hostileTextIsOnlyText() throws {
    let record = try hintCase(
      id: hostile, before: hostile, feature: hostile, after: hostile, task: hostile, kind: hostile,
      says: hostile)
    let page = try page([record], by: "kind")
    #expect(occurrences(of: "<script>", in: page) == 1)
    #expect(occurrences(of: "</script>", in: page) == 2)
    #expect(!page.contains("<!-- \""))
    let data = try embeddedData(page)
    let pair = try #require(data["pairs"]?.array?.first)
    #expect(pair["id"]?.string == hostile)
    #expect(pair["messages"] == [["user", .string(hostile), .string(hostile), .string(hostile)]])
    #expect(pair["said"]?.array?.first?.array?.first?.string == hostile)
  }

  @Test func showsVerdictsTablesAndFigures() throws {
    let page = try page(smallCases(), selves: ["M1", "M2"], by: "kind")
    for text in [
      "<span class=\"badge open\">undecided</span> <strong>M1</strong>: undecided: 76 pairs",
      "<caption>Scores</caption>", "<caption>The gap over the null</caption>", "<caption>By kind</caption>",
      "<caption>Health of the behaviours</caption>", "<caption>Tests</caption>",
      "2 rows tested, each by two tests: 4 tests.", "Seed 0, 2,000 bootstrap resamples",
      "All 76 scored pairs", "No manifests lie beside the inputs",
    ] { #expect(page.contains(text), "\(text)") }
    // The gaps; self and orig, and agreement, over M0, M1 and M2.
    #expect(occurrences(of: "<figure>", in: page) == 3)
    #expect(occurrences(of: "<svg ", in: page) == occurrences(of: "</desc>", in: page))
  }

  @Test func findingsStandFirstAmongTheVerdicts() throws {
    let arms = ["both=M1,M2"]
    let claims = ["<F1>: both > 0", "F2: both.self > M0.self"]
    let page = try page(smallCases(), selves: ["M1", "M2"], arms: arms, claims: claims)
    let section = try #require(page.firstRange(of: "<section id=\"verdicts\"")).upperBound
    let text = page[section...]
    let finding = try #require(
      text.firstRange(
        of: "<span class=\"badge open\">undecided</span> <strong>&lt;F1&gt;</strong>: both &gt; 0: +0.114 ["))
    let verdict = try #require(text.firstRange(of: "<strong>M1</strong>: undecided: 76 pairs"))
    #expect(finding.lowerBound < verdict.lowerBound)
    #expect(text.contains("Holm-adjusted over all 2 claims of this run."))
    #expect(text.contains("<caption>Arms on D</caption>"))
    #expect(try !ReportsTests.page(smallCases(), selves: ["M1", "M2"], arms: arms).contains("Findings"))
  }

  /// One case: two checkpoints that collapsed, on x, on x∖C and in what they say, and too few items.
  @Test func manyWarningsAreFolded() throws {
    let page = try page([hintCase()])
    #expect(page.contains("<details class=\"warning\"><summary><strong>7 warnings</strong></summary>"))
    #expect(occurrences(of: "has collapsed on task hint", in: page) >= 4)
    #expect(try !ReportsTests.page(smallCases()).contains("<details class=\"warning\">"))
  }

  @Test func isOneFileThatLoadsNothing() throws {
    let page = try page(smallCases())
    #expect(page.contains("content=\"default-src &#39;none&#39;; style-src &#39;sha256-"))
    for part in [" src=", "url(", "@import", "http:", "https:", "style=\""] {
      #expect(!page.contains(part), "\(part)")
    }
  }

  @Test func isTheSameWhateverTheOrder() throws {
    let cases = try smallCases()
    #expect(try page(cases, examples: 20) == page(cases.reversed(), examples: 20))
  }

  @Test func saysHowManyExamplesOfHowMany() throws {
    let some = try page(smallCases(), examples: 10)
    #expect(some.contains("10 of 76 scored pairs (x, C) can be looked at: a random sample"))
    #expect(try embeddedData(some)["pairs"]?.array?.count == 10)
    #expect(try embeddedData(some)["names"] == ["M1", "M0"])
    #expect(try embeddedData(some)["explainers"] == 2)
    #expect(try embeddedData(some)["origs"] == [1])
    let none = try page(smallCases(), examples: 0)
    #expect(none.contains("No examples were asked for"))
    #expect(!none.contains("id=\"browser\""))
  }
}
