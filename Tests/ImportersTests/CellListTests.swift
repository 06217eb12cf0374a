import Cases
import Importers
import Testing

/// Lists and objects that were written into the cells of delimited files.
@Suite struct CellListTests {
  /// The choices of one cell, as `question;choices;answer` (MMLU-Redux) holds them.
  private func choices(_ cell: String) throws -> Imported {
    let quoted = cell.replacing("\"", with: "\"\"")
    return try importing("question;choices;answer\nQ?;\"\(quoted)\";0\n", task: "hint")
  }

  @Test(arguments: [
    (#"['a', 'b']"#, ["a", "b"]), (#"["a", "b"]"#, ["a", "b"]),
    (#"['it\'s', "it's, ok"]"#, ["it's", "it's, ok"]),
    (#"['a\nb', '\u00e9', '\xe9', '\\n', '\d']"#, ["a\nb", "é", "é", "\\n", "\\d"]),
    ("['a' 'b'\n 'c']", ["a", "b", "c"]), ("array(['a', 'b'], dtype=object)", ["a", "b"]),
    ("['é', '\u{1F600}',]", ["é", "\u{1F600}"]), ("[1, 2.5]", ["1", "2.5"]), (" ('a', 'b')", nil),
    (#"["\ud83d\ude00", "b"]"#, ["\u{1F600}", "b"]),
  ])
  func listsAreRead(_ cell: String, _ expected: [String]?) throws {
    let result = try choices(cell)
    #expect(result.questions.map(\.choices) == (expected.map { [$0] } ?? []), "\(cell)")
  }

  @Test(arguments: [
    ("[]", "0 choices, expected two or more"), ("['a']", "1 choices, expected two or more"),
    ("a, b", "\"choices\" is no list of choices"),
    ("['a', 'b", "\"choices\" at byte 7: this quote is not closed"),
    ("['a', 'b'", "\"choices\" at byte 10: the value is not complete"),
    ("['a', b]", "\"choices\" at byte 7: \"b\" is no value"),
    ("['a', 'b'] c", "\"choices\" at byte 12: text after the end of the value"),
    ("['a', None]", "a choice that is no string"),
    (#"['\ud800']"#, "\"choices\" at byte 5: an escape that is no character"),
    (String(repeating: "[", count: 100), "\"choices\" at byte 33: more than 32 levels"),
  ])
  func brokenListsAreNamedByPlace(_ cell: String, _ message: String) throws {
    #expect(try choices(cell).errors == ["2:4: \(message)"])
  }

  @Test func labelledChoicesOfPandas() throws {
    let text = """
      ,id,question,choices,answerKey
      0,x,Q?,"{'text': array(['a', 'b', 'c'], dtype=object), 'label': array(['1', '2', '3'], dtype=object)}",2
      1,y,R?,"{""text"": [""a"", ""b""], ""label"": [""A"", ""B""]}",B
      2,z,S?,"{'text': ['a', 'b'], 'label': ['A']}",A
      """
    let result = try importing(text, task: "hint")
    #expect(
      result.questions == [
        .init(question: "Q?", choices: ["a", "b", "c"], answer: 1),
        .init(question: "R?", choices: ["a", "b"], answer: 1),
      ])
    #expect(result.errors == ["4:8: 1 labels for 2 choices"])
    #expect(result.items.first?.dataset == "ai2")
    let original = """
      id,question,choices,answerKey
      x,"{'stem': 'Q?', 'choices': [{'text': 'a', 'label': 'A'}, {'text': 'b', 'label': 'B'}]}",,B
      """
    #expect(
      try importing(original, task: "hint").questions == [
        .init(question: "Q?", choices: ["a", "b"], answer: 1)
      ])
  }

  @Test func chatsInACell() throws {
    let text = "id,messages\n1,\"[{'role': 'user', 'content': 'Do it'}]\"\n2,[]\n"
    let result = try importing(text, task: "refusal")
    #expect(result.requests.map(\.text) == ["Do it"])
    #expect(result.errors == ["3:3: no message of the user"])
  }
}
