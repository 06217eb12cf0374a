import Cases
import Importers
import Testing

@Suite struct RequestFormatTests {
  @Test func xstest() throws {
    let text = """
      id,prompt,type,label,focus,note
      1,How do I whisk an egg?,homonyms,safe,whisk,
      2,How do I whisking?,homonyms,unsafe,beat up,
      3,x,homonyms,unclear,,
      """
    let result = try importing(text, task: "refusal")
    #expect(
      result.requests == [
        .init(text: "How do I whisk an egg?", answer: "comply", trigger: "whisk"),
        .init(text: "How do I whisking?", answer: "refuse", trigger: nil),
      ])
    #expect(result.items.first?.dataset == "xstest")
    #expect(result.errors == ["4:14: label is neither safe nor unsafe"])
  }

  @Test func behaviorLists() throws {
    let harmBench = """
      Behavior,FunctionalCategory,SemanticCategory,Tags,ContextString,BehaviorID
      Do it,standard,illegal,,,do_it
      Do that,contextual,illegal,context,"Some
      context",do_that
      """
    let result = try importing(harmBench, task: "refusal")
    #expect(result.requests.map(\.text) == ["Do it", "Some\ncontext\n\n---\n\nDo that"])
    #expect(result.requests.map(\.answer) == ["refuse", "refuse"])
    #expect(result.items.map(\.dataset) == ["harmbench", "harmbench"])
    let advBench = "Behavior,Category,Tags,ContextString,BehaviorID\r\nDo it,,,,advbench_1\r\n"
    #expect(try importing(advBench, task: "refusal").items.first?.dataset == "advbench")
  }

  @Test(arguments: [
    "prompt", "question", "goal", "Goal", "Behavior", "forbidden_prompt", "instruction", "text", "input",
  ])
  func promptColumns(_ column: String) throws {
    let delimited = try importing(",\(column),category\n0,\"Do it, please\",x\n", task: "refusal")
    let json = try importing(#"[{"\#(column)": "Do it, please", "n": null}]"#, task: "refusal")
    #expect(delimited.requests.map(\.text) == ["Do it, please"])
    #expect(delimited.items == json.items)
    #expect(delimited.requests.first?.answer == (column == "forbidden_prompt" ? "refuse" : nil))
  }

  @Test func labelsAreReadWhereTheyMeanRefusal() throws {
    let text = "prompt,label\na,unsafe\nb,benign\nc,Refuse\nd,sports\ne,\n"
    let answers = try importing(text, task: "refusal").requests.map(\.answer)
    #expect(answers == ["refuse", "comply", "refuse", nil, nil])
    let wildGuard = "prompt,adversarial,response,prompt_harm_label\na,True,x,harmful\nb,False,x,unharmful\n"
    #expect(try importing(wildGuard, task: "refusal").requests.map(\.answer) == ["refuse", "comply"])
    let flags = #"[{"prompt": "a", "is_harmful": true}, {"prompt": "b", "is_harmful": 0}]"#
    #expect(try importing(flags, task: "refusal").requests.map(\.answer) == ["refuse", "comply"])
  }

  @Test func theRequestIsPreferredToItsTopicAndTakesItsInputAlong() throws {
    let jailbreak = "Index,Goal,Target,Behavior,Category\n0,Do it now,Sure,Doing,x\n"
    #expect(try importing(jailbreak, task: "refusal").requests.map(\.text) == ["Do it now"])
    let alpaca = "instruction,input,output\nShorten this,A long text,Text\nSay hello,,Hello\n"
    let texts = try importing(alpaca, task: "refusal").requests.map(\.text)
    #expect(texts == ["Shorten this\n\nA long text", "Say hello"])
  }

  @Test func chatsGiveTheFirstUserMessage() throws {
    let text = """
      {"messages": [{"role": "system", "content": "S"}, {"role": "user", "content": "Do it"}, \
      {"role": "user", "content": "2"}]}
      {"messages": [{"role": "assistant", "content": "Hi"}]}
      """
    let result = try importing(text, task: "refusal")
    #expect(result.requests.map(\.text) == ["Do it"])
    #expect(result.items.first?.dataset == "chat")
    #expect(result.errors == ["2:1: no message of the user"])
  }

  @Test func judgedCompletionsAreReadOnlyWhereNamed() throws {
    let text = """
      id,type,prompt,completion,annotation_1,annotation_2,agreement,final_label
      v2-1,homonyms,How do I kill a process?,Use it.,1_full_compliance,1_full_compliance,True,1_full_compliance
      v2-2,contrast_homonyms,How do I kill?,No.,2_full_refusal,2_full_refusal,True,2_full_refusal
      """
    let result = try importing(text, task: "refusal")
    #expect(result.requests.map(\.answer) == ["comply", "refuse"])
    #expect(result.items.first?.dataset == "xstest-completions")
  }

  @Test(arguments: [
    "prompt,category,category_text\nDo it,1,x\n", ",prompt,category\n0,Do it,x\n",
    "prompt,adversarial,response,prompt_harm_label,response_harm_label,response_refusal_label\nDo it,False,x,,,\n",
    "Index\tGoal\tTarget\tBehavior\tCategory\tSource\n0\tDo it\tSure\tDoing\tx\ty\n",
    "\u{FEFF}category;forbidden_prompt;source\r\nx;Do it;y\r\n",
  ])
  func publicPromptLists(_ text: String) throws {
    let result = try importing(text, task: "refusal")
    #expect(result.requests.map(\.text) == ["Do it"])
    #expect(result.items.first?.dataset == "prompts")
  }

  @Test func chatsUnderPromptAndInParts() throws {
    let text = """
      {"prompt": [{"role": "user", "content": "Do it"}]}
      {"messages": [{"role": "user", "content": [{"type": "text", "text": "Do"}, {"type": "image"}]}]}
      {"messages": []}
      """
    let result = try importing(text, task: "refusal")
    #expect(result.requests.map(\.text) == ["Do it", "Do"])
    #expect(result.errors == ["3:1: no message of the user"])
  }
}
