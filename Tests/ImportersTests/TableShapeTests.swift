import Importers
import Streams
import Testing

@Suite struct TableShapeTests {
  private func hint(_ text: String) throws -> String? {
    TableShape.hint(try #require(try JSON.parse(text).object))
  }

  /// What pandas writes without lines=True, by `orient`.
  @Test func tablesOfPandas() throws {
    for text in [
      #"{"question": {"0": "What?"}, "choices": {"0": ["a", "b"]}, "answer": {"0": 1}}"#,
      #"{"0": {"question": "What?", "answer": 1}, "1": {"question": "Why?", "answer": 0}}"#,
      #"{"columns": ["question", "answer"], "index": [0], "data": [["What?", 1]]}"#,
      #"{"question": ["What?", "Why?"], "answer": [1, 0]}"#,
    ] { #expect(try hint(text)?.hasPrefix("a table in one object") == true) }
  }

  @Test func listsOfRows() throws {
    #expect(
      try hint(#"{"version": "1", "data": [{"question": "What?"}]}"#)
        == "a list of rows under \"data\", not a row; write a row a line (jq -c '.[\"data\"][]')")
  }

  /// Not even where its messages look like those of a chat.
  @Test(arguments: ["hint", "sycophancy", "refusal"]) func casesAreNoRows(_ task: String) throws {
    let text =
      #"{"schema": "case/1", "id": "x", "messages": [{"role": "user", "content": "Hi there. You too."}]}"#
    let error = #expect(throws: ToolError.self) { try importing(text, task: task, name: "x.jsonl") }
    #expect(error?.message == "this is a case, no row; cf-label and xp-train take it")
  }

  @Test func rows() throws {
    for text in ["{}", #"{"question": "What?", "choices": ["a", "b"]}"#, #"{"row": {"question": "What?"}}"#] {
      #expect(try hint(text) == nil)
    }
  }
}
