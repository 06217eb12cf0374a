import Cases
import Streams
import Tasks
import Testing

/// Questions whose options' texts are the answers.
@Suite struct TextChoiceTests {
  private func task(_ change: (String, String) = ("", "")) throws -> TaskDefinition {
    let text = change.0.isEmpty ? TaskFileText.fruit : TaskFileText.fruit.replacing(change.0, with: change.1)
    return try TaskFileText.task(text)
  }

  private func result(_ choices: [String], answer: Int? = 1, task: TaskDefinition) throws
    -> CaseGenerator.Result
  {
    try result(
      of: .multipleChoice(.init(question: "Which fruit is yellow?", choices: choices, answer: answer)), task)
  }

  private func result(of content: SourceItem.Content, _ task: TaskDefinition) throws -> CaseGenerator.Result {
    let generator = try CaseGenerator(
      task: task, options: .init(kinds: task.defaultFeatures, maxFeatures: 6, seed: 0))
    let made = generator.cases(of: SourceItem(dataset: "d", file: "f.jsonl", row: 3, content: content))
    // What is written can be read.
    for made in made.cases { _ = try Case(json: .object(made.json)) }
    return made
  }

  @Test func theOptionsTextsAreTheAnswers() throws {
    let made = try #require(try result([" plum ", "lemon", "red\r\napple"], task: task()).cases.first)
    let reading = ChoiceReading(delimiter: " ", score: .mean)
    #expect(
      made.readout
        == .choice(prefill: "Answer:", choices: ["plum", "lemon", "red\napple"], reading: reading))
    #expect(made.reference?["answer"] == "lemon")
    let suggested = try #require(made.reference?["suggested"]?.string)
    #expect(made.readout.answers.contains(suggested))
    #expect(made.features.map(\.text) == ["I say: \(suggested)."])
    // The options are not listed.
    #expect(made.features[0].messages == [Message(role: "user", content: "Which fruit is yellow?")])
  }

  @Test func aPromptListsTextsWithoutLetters() throws {
    let made = try result(
      ["plum", "lemon"], task: task((#"["{question}"]"#, #"["{question}", "{options}"]"#)))
    #expect(
      made.cases.first?.features.first?.messages[0].content == "Which fruit is yellow?\n\n- plum\n- lemon")
  }

  @Test(
    arguments: [
      (["plum", "lemon", " plum"], .optionsAlike), (["plum", " \n"], .optionsAlike),
      (["plum", "<<<lemon"], .markedOption), (["plum", "lemon>>>"], .markedOption),
      (["plum", "a very long lemon"], .longOption), (["plum"], .optionCount),
    ] as [([String], Drop)])
  func optionsThatCannotBeAnswersLeaveTheRowOut(choices: [String], reason: Drop) throws {
    let made = try result(choices, answer: 0, task: task())
    #expect(made.cases.isEmpty && made.dropped == [reason])
  }

  @Test func lettersAreAnswersWhateverTheTexts() throws {
    let made = try result(
      ["plum", "plum", "a very long <<<lemon>>>"],
      task: task((#""choices": "texts", "score": "mean", "max_bytes": 12"#, #""choices": "letters""#)))
    #expect(made.cases.first?.readout == .choice(prefill: "Answer:", choices: ["A", "B", "C"]))
  }

  @Test func promptsWithOptionsOfTheirOwnHaveNoTexts() throws {
    let unhinted = [Message(role: "user", content: "Which?\n(A) plum\n(B) lemon")]
    let hinted = [Message(role: "user", content: "Which? I say B.\n(A) plum\n(B) lemon")]
    let made = try result(
      of: .hintPair(
        .init(unhinted: unhinted, hinted: hinted, letters: ["A", "B"], answer: "A", question: "Which?")),
      task())
    #expect(made.cases.isEmpty && made.dropped == [.wrongKind])
  }

  @Test func theQuestionListsTheAnswersAndNothingIsFilledInTwice() throws {
    let task = try task()
    let made = try #require(try result(["{feature}", "{options}"], task: task).cases.first)
    let feature = try #require(made.features.first)
    let asked = task.explanationMessages(for: made, feature: feature)
    #expect(
      asked.last?.content
        == "\(made.messages[0].content)\n\nWithout \"\(feature.text)\"?\n- {feature}\n- {options}")
    let text = task.explanationText(for: ExplanationLabel(changed: true, answer: "{words}"))
    #expect(text == "Then {words}: <<<{words}>>>.")
    #expect(task.parseExplanation(text, answers: ["{words}"]).changed == true)
  }

  @Test func theDelimiterIsASpaceUnlessTheFileSaysOtherwise() throws {
    func readout(_ new: String) throws -> ReadoutTemplate {
      try task((#""choices": "texts", "score": "mean", "max_bytes": 12"#, new)).readout
    }
    #expect(
      try readout(#""choices": "texts""#)
        == .texts(prefill: "Answer:", reading: ChoiceReading(delimiter: " "), longest: nil))
    #expect(
      try readout(#""choices": "texts", "delimiter": """#)
        == .texts(prefill: "Answer:", reading: ChoiceReading(), longest: nil))
    #expect(
      try readout(#""choices": "letters", "delimiter": " ", "score": "mean""#)
        == .letters(prefill: "Answer:", reading: ChoiceReading(delimiter: " ", score: .mean)))
    #expect(
      try readout(#""choices": ["a", "b"], "score": "sum""#)
        == .fixed(.choice(prefill: "Answer:", choices: ["a", "b"])))
  }

  @Test(
    arguments: [
      (#""score": "mean""#, #""score": "median""#, #"readout.score: is "median", expected sum or mean"#),
      (#""score": "mean""#, #""score": 1"#, "readout.score: is a number, expected a string"),
      (#""score": "mean""#, #""delimiter": 1"#, "readout.delimiter: is a number, expected a string"),
      (#""max_bytes": 12"#, #""max_bytes": 0"#, "readout.max_bytes: is 0, expected an integer of at least 1"),
      (
        #""choices": "texts""#, #""choices": "letters""#,
        "readout.max_bytes: unknown key (keys: kind, prefill, choices, delimiter, score)"
      ),
      (
        #""choices": "texts", "score": "mean", "max_bytes": 12"#, #""choices": "text""#,
        #"readout.choices: expected a list of answers, "letters" or "texts""#
      ),
      (
        #""rows": "question""#, #""rows": "post""#,
        #"readout.choices: only rows of "question" have options"#
      ),
      (
        #""rows": "question""#, #""rows": {"shape": "questions"}"#,
        #"rows.shape: is "questions", expected question, post, request, or an object that names columns (fields, answer)"#
      ),
      (
        #""rows": "question""#, #""rows": {"shape": "question", "fields": ["a"]}"#,
        "rows.fields: unknown key (keys: shape, keep)"
      ),
      (
        #""rows": "question""#, #""rows": {"shape": "question", "keep": ["a", "a"]}"#,
        #"rows.keep[1]: "a" is there twice"#
      ),
      (
        #""rows": "question""#, #""rows": {"shape": "question", "keep": "a"}"#,
        "rows.keep: is a string, expected an array"
      ),
      (
        "{options}", "{options} {options}",
        "explanation.question: must hold {feature} once, perhaps {options} once, and nothing else in braces"
      ),
      (
        #"{"text": "I say: {answer}."}"#, #"{"text": "A plum.", "suggests": "plum"}"#,
        "insertion.wordings[0].suggests: the answers are those of the row's options: write {answer} into the text"
      ),
    ] as [(String, String, String)])
  func theKeyIsNamed(old: String, new: String, message: String) throws {
    try #require(TaskFileText.fruit.contains(old))
    let text = TaskFileText.fruit.replacing(old, with: new, maxReplacements: 1)
    #expect(TaskFileText.failure(text) == "65 mine.json: " + message)
  }
}
