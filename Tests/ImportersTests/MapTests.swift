import Cases
import Importers
import Streams
import Testing

/// `--map`: roles for the columns of files in any other shape.
@Suite struct MapTests {
  @Test func requests() throws {
    let text = "Ask;Kind;Bad Word\n\"Kill it; now\";Unsafe;kill\nBoil it;safe;\nBe it;;x\n"
    let result = try importing(text, task: "refusal", map: ["ask=prompt", "Kind=label", "bad word=trigger"])
    #expect(
      result.requests == [
        .init(text: "Kill it; now", answer: "refuse", trigger: nil), .init(text: "Boil it", answer: "comply"),
        .init(text: "Be it", answer: nil),
      ])
    #expect(result.items.map(\.dataset) == ["mapped", "mapped", "mapped"])
    let trigger = try importing("a,b\nkill it,kill\n", task: "refusal", map: ["a=prompt", "b=trigger"])
    #expect(trigger.requests.first?.trigger == "kill")
    let flags = try importing(
      "a,b,c\nx,1,\ny,no,Y\nz,?,\n", task: "refusal", map: ["a=prompt", "b=harmful", "c=context"])
    #expect(flags.requests.map(\.answer) == ["refuse", "comply"])
    #expect(flags.requests.map(\.text) == ["x", "Y\n\n---\n\ny"])
    #expect(flags.errors == ["4:3: \"b\" is neither true nor false"])
  }

  @Test func posts() throws {
    let text = "head,story,who=wrong\nA?,I sang.,YTA\n,I hid.,Not the A-hole\nB?,,NTA\nC?,x,maybe\n"
    let result = try importing(
      text, task: "sycophancy", map: ["head=title", "story=body", "who=wrong=verdict"])
    #expect(
      result.posts == [
        .init(title: "A?", text: "I sang.", verdict: "YTA"), .init(text: "I hid.", verdict: "NTA"),
      ])
    #expect(
      result.errors == [
        "4:4: \"story\" is blank", "5:6: \"who=wrong\" is no verdict (YTA, NTA, ESH, NAH, 1, 0, …)",
      ])
  }

  @Test func questionsInEveryLayout() throws {
    let expected = SourceItem.MultipleChoice(question: "Q?", choices: ["x", "y"], answer: 1)
    let lists = try importing(
      "q,c,k\nQ?,\"['x', 'y']\",B\n", task: "hint", map: ["q=question", "c=choices", "k=answer"])
    #expect(lists.questions == [expected])
    let columns = try importing(
      "q,o1,o2,o3,k\nQ?,x,y,,y\n", task: "hint",
      map: ["q=question", "o1=choice", "o2=choice", "o3=choice", "k=answer"])
    #expect(columns.questions == [expected])
    let labelled = #"{"q": "Q?", "c": [{"label": "1", "text": "x"}, {"label": "2", "text": "y"}], "k": "2"}"#
    #expect(
      try importing(labelled, task: "hint", map: ["q=question", "c=choices", "k=answer"]).questions == [
        expected
      ])
    // GPQA's layout, and a list in one column.
    let apart = try importing(
      "q,right,wrong 1,wrong 2\nQ?,y,x,z; x\n", task: "hint",
      map: ["q=question", "right=correct", "wrong 1=incorrect", "wrong 2=incorrect"])
    #expect(Set(apart.questions.first?.choices ?? []) == ["x", "y", "z"])
    #expect(apart.questions.map { question in question.answer.map { question.choices[$0] } } == ["y"])
  }

  @Test func pathsIntoJSON() throws {
    let text =
      #"{"base": {"q": "Q?", "c": ["x", "y"]}, "a.b": 0}"# + "\n" + #"{"base": {"q": "Q?"}, "a.b": 0}"#
    let result = try importing(text, task: "hint", map: ["base.q=question", "base.c=choices", "a.b=answer"])
    #expect(result.questions == [.init(question: "Q?", choices: ["x", "y"], answer: 0)])
    #expect(result.errors == ["2:1: 0 choices, expected two or more"])
  }

  @Test func numbersInFilesWithoutAHeader() throws {
    let tabs = try importing(
      "Do it, now\t1\nDo that, then\t0\n", task: "refusal", map: ["1=prompt", "2=harmful"])
    #expect(tabs.requests.map(\.text) == ["Do it, now", "Do that, then"])
    #expect(tabs.items.map(\.row) == [0, 1])
    // As many commas in each row as tabs.
    let even = try importing(
      "I ran, late.\tYTA\nI hid, early.\tno\nx\ty\n", task: "sycophancy", map: ["1=body", "2=verdict"])
    #expect(even.posts.map(\.verdict) == ["YTA", "NTA"])
    #expect(even.errors == ["3:3: \"2\" is no verdict (YTA, NTA, ESH, NAH, 1, 0, …)"])
    let ragged = try importing("a,b\nc\n", task: "refusal", map: ["2=prompt"])
    #expect(ragged.errors == ["2:1: a row of 1 fields has no column 2"])
    // A header of numbers is a header.
    #expect(try importing("0,1\na,b\n", task: "refusal", map: ["1=prompt"]).requests.map(\.text) == ["b"])
  }

  @Test func columnsThatAreNotThere() throws {
    let error = failure { try importing("a,b\n1,2\n", task: "refusal", map: ["c=prompt"]) }
    #expect(error?.status == .badData)
    #expect(
      error?.message
        == "no column \"c\", which --map names, among \"a\", \"b\" (roles: prompt, context, label, harmful, trigger)"
    )
    let number = failure { try importing("a,b\n1,2\n", task: "refusal", map: ["7=prompt"]) }
    #expect(
      number?.message
        == "no column \"7\", which --map names, among \"a\", \"b\" (roles: prompt, context, label, harmful, trigger)"
    )
    let json = failure { try importing(#"{"a": {"b": 1}}"#, task: "refusal", map: ["a.c=prompt"]) }
    #expect(
      json?.message
        == "no column \"a.c\", which --map names, among \"a\" (roles: prompt, context, label, harmful, trigger)"
    )
    try withFolder(["one.csv": Array("q\nx\n".utf8), "two.csv": Array("z\nx\n".utf8)]) { folder in
      let result = try importing([folder], task: "refusal", map: ["q=prompt"])
      #expect(result.requests.count == 1)
      #expect(result.summary.passedOver.count == 1)
    }
  }

  @Test(arguments: [
    (["prompt"], "--map prompt is not COLUMN=ROLE"), (["=prompt"], "--map =prompt is not COLUMN=ROLE"),
    (["a=body"], "--map a=body: no role \"body\" for the task refusal"),
    (["a=prompt", "b=prompt"], "--map names the role prompt twice"),
    (["a=label"], "--map lacks prompt, which the task refusal needs"),
  ])
  func mapsThatAreNoMaps(_ map: [String], _ message: String) {
    let error = failure { try importing("a\nx\n", task: "refusal", map: map) }
    #expect(error?.status == .usage)
    #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
  }

  @Test(arguments: [["a=choices"], ["a=question"], ["a=question", "b=choice"], ["a=question", "b=correct"]])
  func questionsNeedChoices(_ map: [String]) {
    let error = failure { try importing("a,b\nx,y\n", task: "hint", map: map) }
    #expect(error?.status == .usage)
    #expect(error?.message.contains("lacks") == true)
  }
}
