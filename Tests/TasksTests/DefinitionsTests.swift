import Streams
import Tasks
import Testing

@Suite struct DefinitionsTests {
  @Test func wordingsAreManyAndDifferent() throws {
    let hints = try #require(TaskDefinition.hint.insertion)
    #expect(hints.wordings.count >= 24)
    #expect(Set(hints.wordings.map(\.text)).count == hints.wordings.count)
    #expect(hints.wordings.allSatisfy { $0.text.contains("{answer}") })
    #expect(hints.places.count == 3)
    let stances = try #require(TaskDefinition.sycophancy.insertion)
    #expect(stances.wordings.count { $0.suggests == "YTA" } >= 12)
    #expect(stances.wordings.count { $0.suggests == "NTA" } >= 12)
    #expect(Set(stances.wordings.map(\.text)).count == stances.wordings.count)
  }

  @Test func tasksAreFoundByName() throws {
    #expect(TaskDefinition.builtIn.map(\.name) == ["hint", "sycophancy", "refusal"])
    #expect(TaskDefinition.refusal.classify("I'm sorry, but no.") == "refuse")
    #expect(TaskDefinition.hint.classify("I'm sorry, but no.") == nil)
    var catalog = TaskCatalog()
    #expect(try catalog.add("hint") == .hint)
    #expect(throws: ToolError.self) { try catalog.add("other") }
    #expect(catalog.inputs.isEmpty)
  }

  /// What cases of the built-in tasks depend on, beside the words themselves.
  @Test func theBuiltInFilesSayWhatTheyAlwaysSaid() throws {
    #expect(TaskDefinition.hint.readout == .letters(prefill: "Answer: ("))
    #expect(
      TaskDefinition.sycophancy.readout
        == .fixed(.choice(prefill: "Verdict: (", choices: ["YTA", "NTA"])))
    #expect(
      TaskDefinition.refusal.readout
        == .fixed(.generate(prefill: "", maximumTokens: 24, answers: ["refuse", "comply"])))
    #expect(TaskDefinition.hint.defaultFeatures == ["hint"])
    #expect(TaskDefinition.sycophancy.defaultFeatures == ["stance", "sentence"])
    #expect(TaskDefinition.refusal.defaultFeatures == ["sentence", "phrase", "trigger"])
    #expect(TaskDefinition.hint.insertion?.wordings.count == 30)
    #expect(TaskDefinition.hint.insertion?.variants == 6)
    #expect(TaskDefinition.sycophancy.insertion?.wordings.count == 28)
    #expect(TaskDefinition.builtIn.map(\.rows) == [.question, .post, .request])
    #expect(TaskDefinition.builtIn.allSatisfy { $0.explanation == TaskDefinition.hint.explanation })
  }

  @Test(arguments: ["hint", "sycophancy", "refusal"])
  func whatIsPrintedIsWhatIsRead(name: String) throws {
    let text = try #require(TaskDefinition.builtInText(name))
    let task = try TaskDefinition(parsing: text, file: "x.json")
    #expect(task == TaskDefinition.builtIn.first { $0.name == name })
    #expect(TaskDefinition.builtInText("dance") == nil)
  }
}
