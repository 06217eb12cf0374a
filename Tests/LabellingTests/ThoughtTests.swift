import Cases
import Labelling
import Streams
import Testing
import TinyModels
import Transformer

@Suite struct ThoughtTests {
  private func check(_ text: String, after prompt: String = "", _ answer: String?, isThere: Bool = true) {
    let thought = Thought(in: text, after: prompt)
    #expect(thought.answer == answer && thought.isThere == isThere)
  }

  @Test func thoughtsAreCutOff() {
    check("<think>\nHm.\n</think>\n\nNo.", "No.")
    check(" <thinking>Hm.</thinking> No.\n", "No.\n")
    check("<think>a</think>\n<think>b</think>No.", "No.")
    check("◁think▷Hm.◁/think▷No.", "No.")
    check("<|channel>thought\nHm.<channel|>No.", "No.")
    // Characters of their own, and the markers' bytes.
    check("<think>\u{338}Hm.</think>\u{338}No.", "\u{338}No.")
    check("<|channel|>analysis<|message|>Hm<|end|><|start|>assistant<|channel|>final<|message|>No.", "No.")
  }

  @Test func aPromptMayBeginThem() {
    check("Hm.\n</think>\n\nNo.", after: "<|im_start|>assistant\n<think>\n", "No.")
    check("Hm.", after: "<think>\n", nil)
    // One that nobody here has seen.
    check("Hm.\n</think>\n\nNo.", "No.")
    // Qwen's prompt where thinking is switched off.
    check("No.", after: "<think>\n\n</think>\n\n", "No.", isThere: false)
  }

  @Test func aThoughtAloneIsNoAnswer() {
    check("<think>\nOkay, the user", nil)
    check("<think></think>\n", nil)
    check("<think>a</think><think>b", nil)
  }

  @Test func otherTextStaysAsItIs() {
    for text in ["", " No.\n", "I think <think> is a tag.", "<thin", "Write <think>x</think>."] {
      check(text, text, isThere: false)
    }
  }

  /// A checkpoint's own text, with a prompt that begins a thought.
  @Test func aCheckpointsThoughtIsABadCase() throws {
    let model = try TinyModel.languageModel(threads: 1)
    let text = Readout.generate(prefill: "<think>", maximumTokens: 4, answers: Readout.generatedAnswers)
    let judged = try record("a", task: "refusal", "Write a poem.", removing: [], readout: text)
    let request = LabellingRequest(name: "M0", explain: false, replace: false)
    let labeller = EngineLabeller(model: model, rowBudget: 1)
    let results = try labeller.take(CaseQueries(judged, request: request, model: model))
    #expect(throws: ToolError.self) { try results[0].get() }
    #expect(labeller.thoughts.json == ["cut_off": 0, "unfinished": 1])
    #expect(labeller.thoughts.warning?.hasPrefix("warning: 1 texts are a thought") == true)
  }
}
