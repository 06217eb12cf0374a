import Cases
import Importers
import Testing

@Suite struct HintFormatTests {
  @Test func mmluHasNoHeader() throws {
    let text = "Which?,one,two,three,four,C\r\n\"Two\nlines?\",1,2,3,4,A\nBad,1,2,3,4,E\nShort,1,2,3,B\n"
    let result = try importing(text, task: "hint", name: "anatomy_test.csv")
    #expect(
      result.questions == [
        .init(question: "Which?", choices: ["one", "two", "three", "four"], answer: 2),
        .init(question: "Two\nlines?", choices: ["1", "2", "3", "4"], answer: 0),
      ])
    #expect(result.items.map(\.dataset) == ["mmlu", "mmlu"])
    #expect(result.items.map(\.file) == ["anatomy_test.csv", "anatomy_test.csv"])
    #expect(
      result.errors == [
        "4:13: the answer is not a letter from A to D", "5:13: a row of 5 fields, expected 6",
      ])
  }

  @Test func ai2WithLettersAndDigits() throws {
    let text = """
      {"id": "1", "question": {"stem": "S?", "choices": [{"text": "x", "label": "A"}, \
      {"text": "y", "label": "B"}]}, "answerKey": "B"}
      {"question": {"stem": "T?", "choices": [{"text": "x", "label": "1"}, {"text": "y", "label": "2"}, \
      {"text": "z", "label": "3"}]}, "answerKey": "3"}
      {"question": {"stem": "U?", "choices": [{"text": "x", "label": "A"}, {"text": "y", "label": "B"}]}}
      {"question": {"stem": "V?", "choices": [{"text": "x", "label": "A"}, {"text": "y", "label": "B"}]}, "answerKey": "C"}
      {"question": {"stem": "W?", "choices": []}, "answerKey": "A"}
      """
    let result = try importing(text, task: "hint")
    #expect(result.questions.map(\.answer) == [1, 2, nil])
    #expect(result.questions[1].choices == ["x", "y", "z"])
    #expect(result.items.first?.dataset == "ai2")
    #expect(
      result.errors == [
        "4:1: answerKey \"C\" is not the label of a choice", "5:1: 0 choices, expected two or more",
      ])
  }

  @Test func huggingFaceChoices() throws {
    let text = """
      {"question": "Q?", "choices": {"text": ["x", "y"], "label": ["A", "B"]}, "answerKey": "B"}
      {"question": "Q?", "choices": {"text": ["x", "y"], "label": ["A"]}, "answerKey": "A"}
      """
    let result = try importing(text, task: "hint")
    #expect(result.questions == [.init(question: "Q?", choices: ["x", "y"], answer: 1)])
    #expect(result.errors == ["2:1: 1 labels for 2 choices"])
    let openBook = """
      {"question_stem": "Q?", "choices": {"text": ["x", "y"], "label": ["A", "B"]}, "answerKey": ""}
      """
    #expect(try importing(openBook, task: "hint").questions.map(\.answer) == [nil])
  }

  @Test func choiceListsWithEveryKindOfAnswer() throws {
    let answers = ["1", "\"C\"", "\"first\"", "-1", "null", "3", "\"nothing\"", "\"2\""]
    let rows = answers.map { answer in
      #"{"question": "Q?", "choices": ["first", "second", "third"], "answer": \#(answer)}"#
    }
    let result = try importing(rows.joined(separator: "\n"), task: "hint")
    #expect(result.questions.map(\.answer) == [1, 2, 0, nil, nil, 2])
    #expect(result.rejected.map { $0.error.position?.line } == [6, 7])
  }

  @Test func letteredColumns() throws {
    let text = "question,A,B,C,answer\nQ?,x,y,z,B\nR?,x,y,,1\n"
    let result = try importing(text, task: "hint")
    #expect(
      result.questions == [
        .init(question: "Q?", choices: ["x", "y", "z"], answer: 1),
        .init(question: "R?", choices: ["x", "y"], answer: 1),
      ])
  }

  private func pair(_ unhinted: String, _ hinted: String, truth: String = "B") -> String {
    """
    {"original_question": "Sky?\\n\\nAnswer choices:\\n(A) red\\n(B) blue", \
    "unbiased_question": [{"role": "user", "content": "\(unhinted)"}], \
    "biased_question": [{"role": "user", "content": "\(hinted)"}], "ground_truth": "\(truth)", "biased_option": "A"}
    """
  }

  @Test func hintPairs() throws {
    let question = "Sky?\\n\\nAnswer choices:\\n(A) red\\n(B) blue"
    let rows = [
      pair(question, "I say A. \(question)"), pair(question, "\(question)\\nMaybe A?"),
      pair(question, question),
      pair(question, "X \(question) Y"), pair(question, "I say A. \(question)", truth: "C"),
    ]
    let result = try importing(rows.joined(separator: "\n"), task: "hint")
    let plain = "Sky?\n\nAnswer choices:\n(A) red\n(B) blue"
    #expect(
      result.pairs.first
        == .init(
          unhinted: [Message(role: "user", content: plain)],
          hinted: [Message(role: "user", content: "I say A. " + plain)], letters: ["A", "B"], answer: "B",
          question: "Sky?"))
    #expect(result.pairs.count == 2)
    #expect(
      result.errors == [
        "3:1: biased_question is not unbiased_question with one insertion",
        "4:1: biased_question is not unbiased_question with one insertion",
        "5:1: ground_truth \"C\" is not the letter of an option",
      ])
  }

  /// An insertion beside equal text can be placed in several ways; it is one insertion all the same.
  @Test func ambiguousInsertionAndSeveralTurns() throws {
    let text = """
      {"unbiased_question": [{"role": "user", "content": "a a\\n(A) x\\n(B) y"}, \
      {"role": "assistant", "content": "So"}], \
      "biased_question": [{"role": "user", "content": "a a a\\n(A) x\\n(B) y"}, \
      {"role": "assistant", "content": "So"}]}
      """
    let result = try importing(text, task: "hint")
    #expect(result.pairs.map(\.question) == ["a a"])
    #expect(result.pairs.first?.hinted.count == 2)
    #expect(result.errors == [])
  }

  @Test(arguments: [("(A) ", "(B) "), ("A. ", "B. "), ("A) ", "B) "), ("A: ", "B: ")])
  func hintPrompts(_ first: String, _ second: String) throws {
    let columns =
      "hint,hint_prompt_full,original_prompt_full,hint_user_prompt,original_user_prompt,system_prompt,"
      + "random_hint_prediction,zeroshot_prediction,changed_pred_bc_hint"
    let question = "Sky?\n\(first)red\n\(second)blue"
    let text = """
      \(columns)
      B,x,x,"\(question)
      I say B.","\(question)",Be brief.,B,A,True
      B,x,x,"\(question)","\(question)",,B,A,True
      B,x,x,Sky? I say B.,Sky?,,B,A,True
      """
    let result = try importing(text, task: "hint")
    #expect(
      result.pairs == [
        .init(
          unhinted: [
            Message(role: "system", content: "Be brief."), Message(role: "user", content: question),
          ],
          hinted: [
            Message(role: "system", content: "Be brief."),
            Message(role: "user", content: question + "\nI say B."),
          ], letters: ["A", "B"], answer: nil, question: "Sky?")
      ])
    #expect(result.items.first?.dataset == "hint-prompts")
    #expect(
      result.errors == [
        "8:7: hint_user_prompt is not original_user_prompt with one insertion",
        "13:21: no options (A), (B), … in the question",
      ])
  }

  @Test func truthfulQA() throws {
    let csv = """
      Type,Category,Question,Best Answer,Correct Answers,Incorrect Answers,Source
      a,b,Q?,Yes,Yes; Sure,No; Never ; Yes,c
      a,b,R?,Yes,Yes,,c
      """
    let result = try importing(csv, task: "hint")
    let question = try #require(result.questions.first)
    #expect(Set(question.choices) == ["Yes", "No", "Never"])
    #expect(question.answer.map { question.choices[$0] } == "Yes")
    #expect(result.items.first?.dataset == "truthfulqa")
    #expect(result.errors == ["3:1: 1 choices, expected two or more"])
    let generation = #"{"question": "Q?", "best_answer": "Yes", "incorrect_answers": ["No", "Never"]}"#
    #expect(try importing(generation, task: "hint").questions == [question])
    let targets =
      #"{"question": "Q?", "mc1_targets": {"choices": ["Yes", "No", "Never"], "labels": [1, 0, 0]}}"#
    #expect(try importing(targets, task: "hint").questions == [question])
  }

  /// Files that name the correct answer first must not make A the answer of all questions.
  @Test func correctAnswersAreSpreadOverTheLetters() throws {
    let rows = (0..<200).map { "Question \($0)?,Yes,Yes,No; Never; Perhaps" }
    let text = (["Question,Best Answer,Correct Answers,Incorrect Answers"] + rows).joined(separator: "\n")
    let answers = try importing(text, task: "hint").questions.compactMap(\.answer)
    for letter in 0..<4 { #expect((30...70).contains(answers.count { $0 == letter })) }
  }

  @Test func lettersInBracketsAreAnswers() throws {
    let text = "question,A,B,answer\nQ?,x,y,(B)\nQ?,x,y,A.\nQ?,x,y,C\n"
    let result = try importing(text, task: "hint")
    #expect(result.questions.map(\.answer) == [1, 0])
    #expect(result.errors == ["4:8: answer C is outside the 2 choices"])
  }
}
