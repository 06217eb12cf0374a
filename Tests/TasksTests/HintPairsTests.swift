import Cases
import Streams
import Tasks
import Testing

@Suite struct HintPairsTests {
  private func result(_ unhinted: [String], _ hinted: [String], letters: [String] = ["A", "B"])
    throws -> CaseGenerator.Result
  {
    let options = CaseGenerator.Options(kinds: ["hint"], maxFeatures: 6, seed: 1)
    let content = SourceItem.HintPair(
      unhinted: unhinted.map { Message(role: "user", content: $0) },
      hinted: hinted.map { Message(role: "user", content: $0) }, letters: letters, answer: "B",
      question: "Which?")
    return try CaseGenerator(task: .hint, options: options).cases(
      of: SourceItem(dataset: "pairs", file: "a.jsonl", row: 3, content: .hintPair(content)))
  }

  @Test(arguments: [
    ("Which?\n\nA or B", "I say B.\nWhich?\n\nA or B", "I say B."),
    ("Which?\n\nA or B", "Which?\nI say B.\n\nA or B", "I say B."),
    ("Which?\n\nA or B", "Which?\n\nA or B I say B.", "I say B."),
    ("Is it?\nIt is.", "Is it?\nIs it so?\nIt is.", "Is it so?"),
    ("I say A.\nI say B.", "I say A.\nI say C.\nI say B.", "I say C."),
    ("x é y", "x é è y", "è"),
  ])
  func theFeatureIsTheInsertedSpan(unhinted: String, hinted: String, hint: String) throws {
    let made = try #require(try result([unhinted], [hinted]).cases.first)
    #expect(made.features.map(\.text) == [hint])
    #expect(made.features[0].messages[0].content == unhinted)
    #expect(made.id == "hint/pairs/a/3/v0")
    #expect(made.reference == ["answer": "B"])
    _ = try Case(json: .object(made.json))
  }

  @Test(arguments: [
    ("same", "same"), ("abc", "ab"), ("a b c", "a x b y c"), ("Which?", "Whichever?"), ("", "All of it"),
    ("one two", "one  two"),
  ])
  func otherPairsAreDropped(unhinted: String, hinted: String) throws {
    let made = try result([unhinted], [hinted])
    #expect(made.cases.isEmpty)
    #expect(made.dropped == [.notOneInsertion])
  }

  @Test func oneMessageDiffers() throws {
    #expect(try result(["a", "b"], ["a", "b hint"]).cases.first?.features[0].span.message == 1)
    #expect(try result(["a", "b"], ["a hint", "b hint"]).dropped == [.notOneInsertion])
    #expect(try result(["a"], ["a", "hint"]).dropped == [.notOneInsertion])
    #expect(try result(["a"], ["a hint"], letters: ["A"]).dropped == [.optionCount])
  }
}

extension Case {
  /// What the data set says, as the record has it.
  var reference: JSON? { json["reference"] }
}
