import Cases
import Streams
import Testing

@Suite struct ReadoutTests {
  private func readout(_ value: JSON) throws -> Readout {
    try Case(json: changed(hintRecord(), ["readout"], to: value)).readout
  }

  @Test func defaults() throws {
    #expect(try readout(["kind": "choice", "choices": ["A"]]) == .choice(prefill: "", choices: ["A"]))
    #expect(
      try readout(["kind": "generate", "max_tokens": 24])
        == .generate(prefill: "", maximumTokens: 24, answers: ["refuse", "comply"]))
    #expect(
      try readout(["kind": "generate", "max_tokens": 1, "prefill": "I", "answers": ["yes", "no"]])
        == .generate(prefill: "I", maximumTokens: 1, answers: ["yes", "no"]))
  }

  @Test func howChoicesAreReadIsReadAndWritten() throws {
    let value: JSON = ["kind": "choice", "prefill": "", "choices": ["A"], "delimiter": " ", "score": "mean"]
    let text = try readout(value)
    #expect(
      text
        == .choice(prefill: "", choices: ["A"], reading: ChoiceReading(delimiter: " ", score: .mean)))
    #expect(
      try readout(["kind": "choice", "choices": ["A"], "score": "sum"])
        == readout(["kind": "choice", "choices": ["A"]]))
    for readout in [text, .choice(prefill: "", choices: ["A"])] {
      let made = Case(
        id: "a", task: "t", source: CaseSource(dataset: "d", file: "f", row: 0, item: .of("a")),
        messages: [], readout: readout, features: [], reference: nil)
      #expect(
        made.json["readout"]
          == (readout == text ? value : ["kind": "choice", "prefill": "", "choices": ["A"]]))
    }
  }

  @Test func theDelimiterIsNoPartOfTheAnswer() {
    let spaced = Readout.choice(prefill: "Answer:", choices: ["ice"], reading: ChoiceReading(delimiter: " "))
    #expect(spaced.completion(of: "ice") == " ice" && spaced.answers == ["ice"])
    #expect(Readout.choice(prefill: "(", choices: ["A"]).completion(of: "A") == "A")
  }

  /// Sums, and means over UTF-8 bytes: "é" has two, and the delimiter does not count.
  @Test(
    arguments: [
      (.sum, ["ab": -2.0, "abcdef": -3, "é": -2.5], "ab"),
      (.mean, ["ab": -2.0, "abcdef": -3, "é": -2.5], "abcdef"),
      (.mean, ["ab": -2.0, "abcdef": -6.1, "é": -1.9], "é"),
      (.mean, ["ab": -2.0, "abcdef": -6, "é": -2], "ab"),
      (.sum, ["ab": -2.0, "abcdef": -2, "é": -2], "ab"),
    ] as [(ChoiceReading.Score, [String: Double], String)])
  func theAnswerIsTheFirstOfTheBest(score: ChoiceReading.Score, values: [String: Double], answer: String)
    throws
  {
    let choices = ["ab", "abcdef", "é"]
    let scores = try choices.map {
      Behavior.ChoiceScore(choice: $0, logProbability: try #require(values[$0]))
    }
    let reading = ChoiceReading(delimiter: "   ", score: score)
    #expect(Readout.choice(prefill: "", choices: choices, reading: reading).answer(by: scores) == answer)
  }

  @Test(
    arguments: [
      (["kind": "choice", "choices": []], "readout: no choices"),
      (["kind": "choice"], "readout: missing key \"choices\""),
      (["kind": "choice", "choices": ["A", "A"]], "readout: choices hold \"A\" twice"),
      (["kind": "choice", "choices": ["A", ""]], "readout: choices hold an empty string"),
      (["kind": "choice", "choices": ["A", 2]], "readout: choices hold a number, expected strings"),
      (["kind": "generate", "max_tokens": 0], "readout: max_tokens is 0, expected at least 1"),
      (["kind": "generate", "max_tokens": 4, "answers": []], "readout: no answers"),
      (
        ["kind": "choice", "choices": ["A"], "score": "best"],
        "readout: score is \"best\", expected sum or mean"
      ),
      (
        ["kind": "choice", "choices": ["A"], "delimiter": 1],
        "readout: key \"delimiter\" is a number, expected a string"
      ),
      (["kind": "sample"], "readout: kind is \"sample\", expected choice or generate"),
    ] as [(JSON, String)])
  func wrongReadouts(value: JSON, message: String) {
    #expect(readingError(changed(hintRecord(), ["readout"], to: value)) == message)
  }
}
