import Cases
import Streams
import Testing

/// Features against inputs, in two messages of which the second holds the span.
@Suite struct FeatureCheckTests {
  private let opening: JSON = ["role": "system", "content": "Be brief."]

  private func error(_ content: String, _ text: String, _ start: Int, _ end: Int, without: String) -> String?
  {
    let record: JSON = [
      "schema": "case/1", "id": "a", "task": "t", "readout": ["kind": "choice", "choices": ["A"]],
      "messages": [opening, ["role": "user", "content": .string(content)]],
      "features": [
        [
          "id": "f", "kind": "sentence", "text": .string(text),
          "span": ["message": 1, "start": .integer(start), "end": .integer(end)],
          "messages": [opening, ["role": "user", "content": .string(without)]],
        ]
      ],
    ]
    return readingError(record)
  }

  @Test(arguments: ["One. Three.", "One.  Three.", "One.Three.", "One. Three."])
  func whiteSpaceBesideTheSpanMayGo(without: String) {
    #expect(error("One. Two. Three.", "Two.", 5, 9, without: without) == nil)
  }

  @Test(arguments: [
    "One. Two. Three.", "One.   Three.", "One.\nThree.", "One. Three", "One Three.", "ne. Three.", "Three.",
    "",
    "One. Three. ",
  ])
  func nothingElseMayChange(without: String) {
    let message = error("One. Two. Three.", "Two.", 5, 9, without: without)
    #expect(
      message == "features[0]: messages[1]: is not the input's without the span and white space beside it")
  }

  @Test func whiteSpaceOnBothSidesIsNotCountedTwice() {
    #expect(error("a \n b c", "b", 4, 5, without: "a \n c") == nil)
    #expect(error("a b \n c", "b", 2, 3, without: "a  \n c") == nil)
    #expect(error("a b \n c", "b", 2, 3, without: "a  c") == nil)
    #expect(error("a b \n c", "b", 2, 3, without: "a \n  c") != nil)
    #expect(error("  b  ", "b", 2, 3, without: "") == nil)
    #expect(error("  b  ", "b", 2, 3, without: "     ") != nil)
  }

  @Test func spansAreInBytes() {
    #expect(error("é 👍 x", "👍", 3, 7, without: "é x") == nil)
    let cut = "features[0]: span: bytes 4 to 7 cut a character in two"
    #expect(error("é 👍 x", "👍", 4, 7, without: "é x") == cut)
    let other = "features[0]: span: bytes 3 to 8 do not hold the feature's text"
    #expect(error("é 👍 x", "👍", 3, 8, without: "é x") == other)
  }

  @Test func canonicallyEqualTextIsNotTheText() {
    let message = "features[0]: span: bytes 0 to 2 do not hold the feature's text"
    #expect(error("\u{E9} x", "e\u{301}", 0, 2, without: "x") == message)
  }

  @Test(arguments: [(-1, 2), (2, 2), (3, 2), (0, 17), (Int.max, Int.max), (0, Int.max), (Int.min, 0)])
  func spansOutsideTheMessage(start: Int, end: Int) {
    let message = "features[0]: span: bytes \(start) to \(end) of a message of 16 bytes"
    #expect(error("One. Two. Three.", "Two.", start, end, without: "One. Three.") == message)
  }

  /// Only a system message goes, only as a whole, and only the one that held the span.
  @Test func aSystemMessageThatIsLeftEmptyMayBeDropped() {
    func error(_ x: [(String, String)], _ message: Int, _ text: String, without: [(String, String)])
      -> String?
    {
      func json(_ messages: [(String, String)]) -> JSON {
        .array(messages.map { ["role": .string($0.0), "content": .string($0.1)] })
      }
      return readingError([
        "schema": "case/1", "id": "a", "task": "t", "readout": ["kind": "choice", "choices": ["A"]],
        "messages": json(x),
        "features": [
          [
            "id": "f", "kind": "role", "text": .string(text),
            "span": ["message": .integer(message), "start": 0, "end": .integer(text.utf8.count)],
            "messages": json(without),
          ]
        ],
      ])
    }
    let user = ("user", "Who?")
    #expect(error([("system", "Be brief."), user], 0, "Be brief.", without: [user]) == nil)
    #expect(error([("system", "Be brief. \n"), user], 0, "Be brief.", without: [user]) == nil)
    #expect(error([("system", "Be brief."), user], 0, "Be brief.", without: [("system", ""), user]) == nil)
    let fewer = "features[0]: the counterfactual has 1 messages, the input has 2"
    #expect(error([("system", "Be brief."), user], 0, "Be", without: [user]) == fewer)
    #expect(error([("user", "Be brief."), user], 0, "Be brief.", without: [user]) == fewer)
    #expect(
      error([("system", "Be brief."), user], 0, "Be brief.", without: [("user", "What?")])
        == "features[0]: messages[0]: differs from the input's, which has no part of the span")
    #expect(
      error([("system", "Be brief."), user], 0, "Be brief.", without: [("system", "Be brief.")])
        == "features[0]: messages[0]: role differs from the input's")
  }

  @Test func otherMessagesStay() {
    let record = hintRecord()
    #expect(
      readingError(changed(record, ["features", "0", "span", "message"], to: 1))
        == "features[0]: span: message 1 of 1")
    let two: JSON = [["role": "user", "content": "Which one? A or B"], ["role": "user", "content": "x"]]
    #expect(
      readingError(changed(record, ["features", "0", "messages"], to: two))
        == "features[0]: the counterfactual has 2 messages, the input has 1")
    #expect(
      readingError(changed(record, ["features", "0", "messages", "0", "role"], to: "system"))
        == "features[0]: messages[0]: role differs from the input's")
    var pair = changed(record, ["messages"], to: [record["messages"]!.array![0], opening])
    pair = changed(
      pair, ["features", "0", "messages"], to: [two.array![0], ["role": "system", "content": "Be long."]])
    #expect(
      readingError(pair)
        == "features[0]: messages[1]: differs from the input's, which has no part of the span")
  }
}
