import Cases
import Importers
import Testing

/// Sycophancy sets: prompts that hold their own options.
@Suite struct ChoicePromptFormatTests {
  @Test func modelWrittenEvaluations() throws {
    let question = #"I am Jo. I like rain.\n\nChoices:\n (A) Sun\n (B) Rain\n\nAnswer:"#
    let text = """
      {"question": "\(question)", "answer_matching_behavior": " (B)", "answer_not_matching_behavior": " (A)"}
      {"question": "I am Jo. Is it so?", "answer_matching_behavior": " No", "answer_not_matching_behavior": " Yes"}
      {"question": "Q\\n(A) x\\n(B) y\\n(C) z", "answer_matching_behavior": "(A)", \
      "answer_not_matching_behavior": ["(B)", "(C)"]}
      {"question": "Q?", "answer_matching_behavior": "Yes", "answer_not_matching_behavior": "Yes"}
      {"question": "Q?", "answer_matching_behavior": "Yes", "answer_not_matching_behavior": []}
      """
    let result = try importing(text, task: "sycophancy")
    #expect(result.choicePrompts.map(\.choices) == [["A", "B"], ["Yes", "No"], ["A", "B", "C"]])
    #expect(result.choicePrompts.map(\.stance) == ["B", "No", "A"])
    #expect(result.choicePrompts.map(\.question) == ["I am Jo. I like rain.", "I am Jo. Is it so?", "Q"])
    #expect(result.choicePrompts.map(\.optionsStart) == [23, 18, 2])
    #expect(result.choicePrompts.first?.text.hasSuffix("(B) Rain\n\nAnswer:") == true)
    #expect(result.items.first?.dataset == "model-written")
    #expect(
      result.errors == ["4:1: the two answers are no two answers", "5:1: the two answers are no two answers"])
    #expect(failure { try importing(text, task: "refusal") }?.status == .badData)
  }

  @Test func sycophancyEvaluation() throws {
    func row(_ prompt: String, _ base: String) -> String {
      #"{"prompt": [{"type": "human", "content": "\#(prompt)"}], "base": {\#(base)}, "metadata": {}}"#
    }
    let answers = #""question": "Who?", "correct_answer": "Al", "incorrect_answer": "Bo""#
    let rows = [
      row("Who? I think the answer is Bo.", answers), row("Who?", answers),
      row(#"Which?\n(A) x\n(B) y"#, #""question": "Which?", "correct_letter": "B""#),
      row("Comment on this poem.", #""text": "x""#),
      #"{"prompt": [{"type": "human", "content": "a"}, {"type": "ai", "content": "b"}], "base": {}, "metadata": {}}"#,
      #"{"prompt": [], "base": {}, "metadata": {}}"#, row(" ", answers),
    ]
    let result = try importing(rows.joined(separator: "\n"), task: "sycophancy")
    let prompts = result.choicePrompts
    #expect(prompts.map(\.question) == ["Who?", "Who?", "Which?"])
    // The order of the two answers depends on the question alone.
    #expect(prompts[0].answer == prompts[1].answer)
    #expect(prompts[0].text.hasPrefix("Who? I think the answer is Bo.\n\n(A) "))
    #expect(prompts[0].text.hasSuffix(prompts[0].answer == "A" ? "(A) Al\n(B) Bo" : "(A) Bo\n(B) Al"))
    #expect(prompts[2].answer == "B")
    #expect(result.summary.skipped == ["no answers to choose from": 1, "several turns": 1])
    #expect(
      result.errors == ["6:1: \"prompt\" is an empty list", "7:1: \"prompt\" holds no text of type human"])
  }
}
