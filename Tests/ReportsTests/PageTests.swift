import Cases
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
      "<strong>M1</strong> is undecided as to truth (76 pairs, fewer than 1,000): ",
      "Whether they follow its own behaviour rather than that of M0 is undecided (76 pairs, fewer than 1,000; |D| = 12",
      "With 80 % power a gap of 0.099 would be found.",
      "<strong>M1, hint</strong>, orig = M0: undecided: 28 pairs",
      "<caption><span>Scores</span></caption>", "<th scope=\"col\">gap over null</th>",
      "<caption><span>The gap over the null</span></caption>", "<caption><span>By kind</span></caption>",
      "<caption><span>Self against guesses</span></caption>", "<caption><span>What is said</span></caption>",
      "<caption><span>Health of the behaviours</span></caption>", "<caption><span>Tests</span></caption>",
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
    let verdict = try #require(text.firstRange(of: "<strong>M1</strong> is undecided as to truth"))
    #expect(finding.lowerBound < verdict.lowerBound)
    #expect(text.contains("Holm-adjusted over all 2 claims of this run."))
    #expect(text.contains("<caption><span>Arms on D</span></caption>"))
    #expect(try !ReportsTests.page(smallCases(), selves: ["M1", "M2"], arms: arms).contains("Findings"))
  }

  @Test func theBaselineStandsApart() throws {
    let page = try page(smallCases(), selves: ["M1", "M2"])
    #expect(page.contains("<article class=\"answers apart\"><h3>M0 (baseline)</h3>"))
    #expect(page.contains("<tbody class=\"apart\">\n<tr><th scope=\"row\">M0 (baseline)</th>"))
    // Is it coupled to itself? That is no question.
    #expect(occurrences(of: "coupled?</span>", in: page) == 2)
    #expect(occurrences(of: "truthful?</span>", in: page) == 3)
    let alone = try ReportsTests.page(smallCases(), baseline: nil)
    #expect(!alone.contains("<tbody class=\"apart\">"))
  }

  @Test func ofManyExplainersTheLastIsOpen() throws {
    var record = try hintCase().json
    for key in ["behaviors", "explanations"] {
      var entries = try #require(record[key]?.object)
      for name in ["M2", "M3", "M4"] { entries[name] = entries["M1"] }
      record[key] = .object(entries)
    }
    let cases = [try Case(json: .object(record))]
    let few = try page(cases, selves: ["M1", "M2", "M3"])
    #expect(!few.contains("more explainers"))
    let many = try page(cases, selves: ["M1", "M2", "M3", "M4"])
    let folded = try #require(many.firstRange(of: "<summary>3 more explainers</summary>"))
    let last = try #require(many.firstRange(of: "<h3>M4</h3>"))
    let first = try #require(many.firstRange(of: "<h3>M1</h3>"))
    #expect(last.lowerBound < folded.lowerBound && folded.lowerBound < first.lowerBound)
    // So is its matrix.
    #expect(many.contains("<details open><summary>M4</summary>"))
    #expect(occurrences(of: "<details open>", in: many) == 1)
  }

  @Test func longTablesAreFolded() throws {
    var table = ReportTable(["NAME", "score"])
    for line in 0..<40 { table.add(["M\(line)", "0.1"]) }
    #expect(table.folded("Guesses") == table.html("Guesses"))
    table.add(["M40", "0.1"])
    #expect(
      table.folded("Guesses").markup.hasPrefix(
        "<details><summary>Guesses: 41 lines</summary><div class=\"scroll\""))
  }

  @Test func matricesHaveCountsAndShares() throws {
    let page = try page(smallCases())
    #expect(page.contains("<caption><span>M1, hint: the answer without C</span></caption>"))
    #expect(page.contains("<caption><span>M1, refusal: does the answer change?</span></caption>"))
    let matrix = Matrix(
      caption: "<c>", corner: "says", lines: ["a", "b"], columns: ["a", "b"],
      counts: [[6, 2], [0, 11], [1, 0]])
    let html = matrix.html.markup
    #expect(html.contains("&lt;c&gt;"))
    #expect(html.contains("<td class=\"d3 true\">6 <span class=\"range\">30 %</span></td>"))
    #expect(html.contains("<td class=\"d6 true\">11 <span class=\"range\">55 %</span></td>"))
    #expect(html.contains("<th scope=\"row\">does not parse</th>"))
    // A line that nothing is in is left out.
    let parsed = Matrix(caption: "", corner: "", lines: ["a"], columns: ["a"], counts: [[1], [0]])
    #expect(!parsed.html.markup.contains("does not parse"))
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
