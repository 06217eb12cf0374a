import Cases
import Streams
import Testing

/// Rows of a task that names its columns itself.
@Suite struct ColumnsTests {
  private let rows = RowShape.columns(
    RowColumns(
      main: "review", others: ["title"], answer: "label", answerNames: ["1": "good", "true": "good"],
      answers: ["good", "bad"]))

  private func columns(_ imported: Imported) -> [SourceItem.Columns] {
    imported.items.compactMap { if case .columns(let columns) = $0.content { columns } else { nil } }
  }

  private func read(_ text: String, map: [String] = []) throws -> Imported {
    try importing(text, task: "taste", rows: rows, map: map, name: "r.data")
  }

  @Test func columnsAreFoundByTheirNames() throws {
    let lines = try read(
      """
      {"Review": "One.", "label": 1, "title": "T", "other": []}
      {"review": "Two.", "label": "bad"}
      {"review": "Three.", "label": true, "title": " "}
      {"review": "Four.", "label": null}
      """)
    #expect(
      columns(lines) == [
        .init(values: ["review": "One.", "title": "T"], identity: "One.", answer: "good"),
        .init(values: ["review": "Two."], identity: "Two.", answer: "bad"),
        .init(values: ["review": "Three."], identity: "Three.", answer: "good"),
        .init(values: ["review": "Four."], identity: "Four.", answer: nil),
      ])
    #expect(lines.items.map(\.dataset) == ["columns", "columns", "columns", "columns"])
    let table = try read("title,review\nA,One.\n")
    #expect(columns(table).map(\.values) == [["review": "One.", "title": "A"]])
  }

  @Test func mapSaysWhichColumnIsMeant() throws {
    let named = try read("text,stars,title\nOne.,1,T\n", map: ["text=review", "stars=label"])
    #expect(
      columns(named) == [.init(values: ["review": "One.", "title": "T"], identity: "One.", answer: "good")])
    #expect(named.items.map(\.dataset) == ["mapped"])
    let numbered = try read("One.;1\nTwo.;bad\n", map: ["1=review", "2=label"])
    #expect(columns(numbered).map(\.answer) == ["good", "bad"])
  }

  @Test func whatIsWrongIsSaidWithItsPlace() throws {
    let strange = try read("review,label\nOne.,1\nTwo.,7\n ,1\n")
    #expect(
      strange.errors == [
        "3:6: \"label\" is none of the answers (good, bad, 1, true)", "4:1: \"review\" is blank",
      ])
    let message = failure { try read("text,label\nOne.,1\n") }?.message
    #expect(
      message
        == "no column \"review\" among \"text\", \"label\"; --map COLUMN=review says which one is meant")
    let role = failure { try read("a,b\n1,2\n", map: ["a=stars"]) }
    #expect(
      role
        == ToolError(
          .usage, "--map a=stars: no role \"stars\" for the task taste (roles: review, title, label)"))
    let format = failure { try importing("a\n", task: "taste", rows: rows, format: "posts") }
    #expect(format?.status == .usage)
  }
}
