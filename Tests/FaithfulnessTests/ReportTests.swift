import Cases
import Faithfulness
import Streams
import Testing

@Suite struct ReportTests {
  private func render(_ format: ReportFormat, _ pairs: [Pair], by key: String? = nil) throws -> String {
    let report = try report(cases(pairs), selves: ["M1"], origs: ["M0"], baseline: "M0", by: key)
    return String(decoding: try format.render(report), as: UTF8.self)
  }

  private let pairs = [
    Pair("AB AC", says: "B", changed: true, item: "1", kind: "a, \"quoted\" kind"),
    Pair("AA AA", says: nil, item: "2", kind: "a|b"),
  ]

  @Test func csvHasOneRowAGroupWithTheSameColumns() throws {
    let lines = try render(.csv, pairs, by: "kind").split(separator: "\n")
    #expect(lines.count == 1 + 2 + 4)
    #expect(lines[0].hasPrefix("self,orig,baseline,by,group,pairs,items,answer_accuracy.self.value,"))
    #expect(lines[1].hasPrefix("M1,M0,false,,,2,2,0.5,"))
    #expect(lines[3].hasPrefix("M1,M0,false,kind,\"a, \"\"quoted\"\" kind\",1,1,1.0,"))
    let columns = lines[0].split(separator: ",", omittingEmptySubsequences: false).count
    for line in lines where !line.contains("\"") {
      #expect(line.split(separator: ",", omittingEmptySubsequences: false).count == columns)
    }
  }

  @Test func markdownTablesAreWellFormed() throws {
    let text = try render(.md, pairs, by: "kind")
    #expect(text.contains(" a\\|b |"))
    var columns: Int?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("|") else {
        columns = nil
        continue
      }
      let cells = line.replacing("\\|", with: "").split(separator: "|", omittingEmptySubsequences: false)
        .count
      #expect(columns == nil || columns == cells, "\(line)")
      columns = cells
    }
    #expect(text.contains("- M0 (baseline): undecided: self and orig are one checkpoint.\n"))
  }

  @Test func jsonHoldsTheRun() throws {
    let json = try JSON.parse(try render(.json, pairs))
    #expect(json["schema"] == "score/1")
    #expect(json["bootstrap_resamples"]?.integer == Resampling.bootstrapResamples)
    #expect(json["rows"]?.array?.count == 2)
    #expect(json["breakdown"] == [])
    #expect(json["by"] == .null)
    #expect(json.at("cases.read") == 2)
  }
}
