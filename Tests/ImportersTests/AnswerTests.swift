import Cases
import Streams
import Testing

import Importers

/// Answers that are indices and texts, and options that are not there.
@Suite struct AnswerTests {
  private func answers(_ text: String, name: String = "x.csv") throws -> (answers: [Int?], errors: [String]) {
    let result = try importing(text, task: "hint", name: name)
    return (result.questions.map(\.answer), result.errors)
  }

  private static let header = "question,A,B,C,D,answer\n"

  @Test(
    arguments: [
      ("q,1,2,4,3,2\nr,a,b,c,d,1\n", [2, 1]), ("q,1,2,4,3,2\nr,10,11,12,13,12\n", [1, 2]),
      ("q,1,2,4,3,B\nr,0,1,2,3,2\n", [1, 2]), ("r,a,b,c,d,d\nq,1,2,4,3,2\n", [3, 1]),
    ] as [(String, [Int])])
  func otherRowsSayWhatANumberIs(_ rows: String, _ expected: [Int]) throws {
    let found = try answers(Self.header + rows)
    #expect(found.answers == expected && found.errors.isEmpty)
  }

  @Test(arguments: [
    "q,1,2,4,3,2\n", "q,1,2,4,3,2\nr,a,b,c,d,1\ns,10,11,12,13,12\n",
  ]) func whatNothingSaysIsAnError(_ rows: String) throws {
    let found = try answers(Self.header + rows)
    #expect(found.errors.first?.contains("answer 2 may be an index from 0 or the text") == true)
  }

  @Test func numbersOfJSONAreIndices() throws {
    let row = #"{"question": "q", "choices": ["1", "2", "", "3"], "answer": 1}"#
    #expect(try answers(row, name: "x.jsonl").answers == [1])
  }

  @Test func noOptionVanishes() throws {
    #expect(try answers(Self.header + "q,a,b,,d,D\n").errors.first?.contains("option \"C\" is blank") == true)
    #expect(try answers(Self.header + "q,a,b,c,,C\n").answers == [2])
    let mixed = #"{"question": "q", "A": "x", "B": "y", "C": 3, "D": 4.5, "answer": "D"}"#
    #expect(try answers(mixed, name: "x.jsonl").answers == [3])
    let labelled =
      #"{"question": "q", "choices": {"text": ["a", null, "b"], "label": ["1", "2", null]}, "answerKey": "2"}"#
    #expect(try answers(labelled, name: "x.jsonl").errors.count == 1)
    let number = #"{"question": "q", "choices": {"text": ["a", 2], "label": [1, 2]}, "answerKey": 2}"#
    #expect(try answers(number, name: "x.jsonl").answers == [1])
  }

  @Test func aLongFirstRow() throws {
    let long = String(repeating: "word ", count: 300_000)
    #expect(try answers("\"\(long)\",one,two,three,four,B\n").answers == [1])
    let element =
      #"[{"question": "\#(long)", "choices": ["a", "b"], "answer": 1}, {"question": "q", "choices": ["a", "b"], "answer": 0}]"#
    #expect(try answers(element, name: "x.json").answers == [1, 0])
  }
}
