import Cases
import Importers
import Streams
import Testing

/// Choosing files and formats.
@Suite struct ImporterTests {
  @Test func directoriesAreReadInOrderOfNames() throws {
    let files = [
      "b.csv": "prompt\nb\n", "a/z.jsonl": "{\"prompt\": \"z\"}\n", "LICENSE": "text",
      "notes.md": "prompt\nx\n", ".hidden.csv": "prompt\nx\n", "c.jsonl.manifest.json": "{}",
    ]
    try withFolder(files.mapValues { text in Array(text.utf8) }) { folder in
      let result = try importing([folder], task: "refusal")
      #expect(result.requests.map(\.text) == ["z", "b"])
      #expect(result.items.map(\.file) == ["z.jsonl", "b.csv"])
      #expect(result.summary.inputs.map(\.path) == ["\(folder)/a/z.jsonl", "\(folder)/b.csv"])
      #expect(result.summary.inputs.allSatisfy { $0.isComplete && $0.sha256.utf8.count == 64 })
    }
  }

  @Test func filesOfOneNameGetDataSetsOfTheirOwn() throws {
    let row = Array("{\"prompt\": \"p\"}\n".utf8)
    try withFolder(["one/x/train.jsonl": row, "two/x/train.jsonl": row, "two/other.jsonl": row]) { folder in
      let items = try importing([folder], task: "refusal").items
      #expect(items.map(\.dataset) == ["one/x", "prompts", "two/x"])
    }
    try withFolder(["train.jsonl": row, "train.csv": Array("prompt\np\n".utf8)]) { folder in
      #expect(failure { try importing([folder], task: "refusal") }?.status == .usage)
      let twice = ["\(folder)/train.csv", "\(folder)/train.csv"]
      #expect(failure { try importing(twice, task: "refusal") }?.status == .usage)
    }
  }

  @Test func unknownShapesAreErrorsWhereNamedAndPassedOverInDirectories() throws {
    let known = Array("prompt\nfine\n".utf8)
    let other = Array("label,input,is_short\n1,x,False\n".utf8)
    let judged = Array("type,prompt,completion,final_label\nx,y,z,1_full_compliance\n".utf8)
    try withFolder(["known.csv": known, "other.csv": Array("a,b\n1,2\n".utf8), "judged.csv": judged]) {
      folder in
      let result = try importing([folder], task: "refusal")
      let passedOver = result.summary.passedOver.map { $0.position?.file }
      #expect(result.requests.map(\.text) == ["fine"])
      #expect(passedOver == ["\(folder)/judged.csv", "\(folder)/other.csv"])
      let error = failure { try importing(["\(folder)/other.csv"], task: "refusal") }
      #expect(error?.status == .badData)
      #expect(error?.message.contains("\"a\", \"b\"") == true)
    }
    try withFolder(["aita.csv": other]) { folder in
      let error = failure { try importing([folder], task: "hint") }
      #expect(error?.message.hasSuffix("they are those of aita, for sycophancy") == true)
    }
  }

  /// XSTest has a column `prompt` and one `label`, as posts with verdicts may have too.
  @Test func aParticularShapeIsNotReadAsAGeneralOne() throws {
    let text = "id,prompt,type,label,focus,note\n1,How?,homonyms,safe,how,\n"
    #expect(failure { try importing(text, task: "sycophancy") }?.status == .badData)
    #expect(try importing(text, task: "sycophancy", format: "posts").rejected.count == 1)
  }

  @Test func missingInputs() throws {
    #expect(failure { try importing(["/no/such/file.csv"], task: "refusal") }?.status == .missingInput)
    try withFolder(["notes.txt": []]) { folder in
      #expect(failure { try importing([folder], task: "refusal") }?.status == .missingInput)
    }
  }

  @Test func formatsCanBeForced() throws {
    // A header that the harmbench format does not need to recognise, and rows that it can read.
    let text = "Behavior,Note\nDo it,x\n"
    #expect(try importing(text, task: "refusal").requests.map(\.answer) == [nil])
    #expect(try importing(text, task: "refusal", format: "harmbench").requests.map(\.answer) == ["refuse"])
    #expect(failure { try importing(text, task: "refusal", format: "nothing") }?.status == .usage)
    let other = failure { try importing(text, task: "refusal", format: "mmlu") }
    #expect(other?.message.hasPrefix("not a format for the task refusal: mmlu") == true)
  }

  @Test func everyFormatIsDescribedOnce() {
    let names = Importer.formats.map(\.name)
    #expect(Set(names).count == names.count)
    for shape in [RowShape.question, .post, .request] {
      #expect(Importer.formats.contains { $0.shape == shape })
    }
    #expect(Importer.formats.allSatisfy { [.question, .post, .request].contains($0.shape) })
  }

  @Test func readingStopsOnRequest() throws {
    try withFolder(["rows.csv": Array("prompt\na\nb\nc\n".utf8)]) { folder in
      var texts = 0
      let summary = try Importer.read(
        paths: ["\(folder)/rows.csv"], task: "refusal", rows: .request, report: { _ in }
      ) { _ in
        texts += 1
        if texts == 2 { throw StopImporting() }
      }
      #expect(texts == 2)
      #expect(summary.rows == 2)
    }
  }

  @Test func whatTheClosuresThrowComesThrough() throws {
    struct Mine: Error {}
    try withFolder(["rows.csv": Array("prompt,x\na,1\nb\n".utf8)]) { folder in
      let path = "\(folder)/rows.csv"
      #expect(throws: Mine.self) {
        try Importer.read(
          paths: [path], task: "refusal", rows: .request, report: { _ in }, row: { _ in throw Mine() })
      }
      #expect(throws: Mine.self) {
        try Importer.read(
          paths: [path], task: "refusal", rows: .request, report: { _ in throw Mine() }, row: { _ in })
      }
    }
  }
}
