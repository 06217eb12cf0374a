import Cases
import Importers
import Streams
import Testing

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

  @Test func numbersOfJSONBesideNumbersMayBeEither() throws {
    let row = #"{"question": "q", "choices": [1, 2, 3], "answer": 1}"#
    #expect(try answers(row, name: "x.jsonl").errors.first?.contains("answer 1 may be an index") == true)
    let index = #"{"question": "r", "choices": [7, 8, 9], "answer": 0}"#
    #expect(try answers(row + "\n" + index, name: "x.jsonl").answers == [1, 0])
    let text = #"{"question": "r", "choices": [7, 8, 9], "answer": 8}"#
    #expect(try answers(row + "\n" + text, name: "x.jsonl").answers == [0, 1])
  }

  @Test func lettersBesideLettersMayBeEither() throws {
    let row = "q,B,A,D,C,A\n"
    #expect(
      try answers(Self.header + row).errors.first?.contains("answer A may be a letter or the text") == true)
    #expect(try answers(Self.header + row + "r,w,x,y,z,C\n").answers == [0, 2])
    #expect(try answers(Self.header + row + "r,w,x,y,z,x\n").answers == [1, 1])
    #expect(try answers(Self.header + "q,A,B,C,D,C\n").answers == [2])
  }

  @Test(
    arguments: [
      ("c", 2), ("(c)", 2), ("c.", 2), (" C ", 2), ("2.0", 2), (" three\t", 2), ("THREE", nil),
      ("C. three", nil),
      ("-1", nil), ("-1.0", nil), ("1.5", nil), ("E", nil), ("4", nil), ("nan", nil),
    ] as [(String, Int?)])
  func formsOfAnAnswer(_ answer: String, _ expected: Int?) throws {
    let found = try answers("question,A,B,C,D,answer\nq,one,two, three ,four,\(answer)\n")
    #expect(found.answers.first.flatMap { $0 } == expected)
    #expect(found.errors.isEmpty == (expected != nil || answer.hasPrefix("-1")))
  }

  @Test func aNumberOfJSONMayHaveAFraction() throws {
    let row = #"{"question": "q", "choices": ["a", "b", "c"], "answer": 2.0}"#
    #expect(try answers(row, name: "x.jsonl").answers == [2])
  }

  @Test func theTextOfSeveralChoicesIsNoAnswer() throws {
    let found = try answers(Self.header + "q,same,same ,b,c,same\n")
    #expect(found.errors.first?.contains("the answer is the text of several choices") == true)
    #expect(try answers(Self.header + "q,same,same,b,c,B\n").answers == [1])
  }

  @Test(
    arguments: [
      (#"{"A": "x", "B": "y", "C": "z"}"#, #""B""#), (#"{"B": "y", "A": "x", "C": "z"}"#, #""B""#),
      (#"{"a": "x", "b": "y"}"#, #""b""#), (#"{"a": "x", "b": "y"}"#, #""B""#),
      (#"{"1": "x", "2": "y"}"#, #""2""#),
      (#"{"0": "x", "1": "y"}"#, "1"), (#"{"A": "x", "B": "y"}"#, #""y""#),
      (#"[{"label": "A", "text": "x"}, {"label": "B", "text": "y"}]"#, #""B""#),
      (#""{\"A\": \"x\", \"B\": \"y\"}""#, #""B""#),
    ] as [(String, String)])
  func optionsWithLabels(_ options: String, _ answer: String) throws {
    let row = #"{"question": "q", "options": \#(options), "answer": \#(answer)}"#
    let result = try importing(row, task: "hint", name: "x.jsonl")
    #expect(result.questions.map(\.answer) == [1])
    #expect(result.questions.first?.choices.prefix(2) == ["x", "y"])
  }

  @Test func noOptionVanishes() throws {
    let gap = try answers("question,A,B,D,answer\nq,a,b,d,A\n")
    #expect(gap.errors.first?.contains("option \"C\" is blank, but \"D\" is not") == true)
    let missing = #"{"question": "q", "A": "x", "B": "y", "D": "z", "answer": "A"}"#
    #expect(try answers(missing, name: "x.jsonl").errors.count == 1)
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
