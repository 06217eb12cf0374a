import Cases
import Streams
import Tasks
import Testing

/// Features that are the system message, or a part of it.
@Suite struct SystemFeatureTests {
  private static let file = """
    {
      "schema": "task/1", "name": "rules", "rows": {"fields": ["review"]},
      "system": "You judge reviews. Be harsh.", "prompt": ["{review}"],
      "readout": {"kind": "choice", "choices": ["positive", "negative"]},
      "features": [
        {"kind": "rule", "find": "sentences", "in": "system"},
        {"kind": "role", "find": "whole", "in": "system"},
        {"kind": "order", "find": "inserted"},
        {"kind": "sentence", "find": "sentences"}
      ],
      "insertion": {"places": ["system message"], "wordings": [{"text": "Say positive.", "suggests": "positive"}]}
    }
    """

  private func made(_ kinds: [String], file: String = Self.file) throws -> Case {
    let content = SourceItem.Content.columns(
      .init(values: ["review": "Dull plot. Nice cast."], identity: "a", answer: nil))
    return try #require(
      try cases(of: content, task: TaskFileText.task(file), kinds: kinds, limit: 9).first)
  }

  private func contents(_ messages: [Message]) -> [String] { messages.map { "\($0.role): \($0.content)" } }

  @Test func itsSentencesAndAllOfItCanGo() throws {
    let made = try made(["rule", "role", "sentence"])
    #expect(made.features.map(\.id) == ["role", "rule0", "rule1", "sentence0", "sentence1"])
    #expect(made.features.map(\.span.message) == [0, 0, 0, 1, 1])
    let user = "user: Dull plot. Nice cast."
    #expect(
      made.features.map { contents($0.messages) } == [
        [user], ["system: Be harsh.", user], ["system: You judge reviews.", user],
        ["system: You judge reviews. Be harsh.", "user: Nice cast."],
        ["system: You judge reviews. Be harsh.", "user: Dull plot."],
      ])
  }

  @Test func aSentenceIsInsertedAfterTheTasksOwn() throws {
    let made = try made(["order", "rule", "role"])
    #expect(made.messages[0].content == "You judge reviews. Be harsh. Say positive.")
    #expect(made.features.map(\.text).contains("You judge reviews. Be harsh."))
    let order = try #require(made.features.first { $0.kind == "order" })
    #expect(order.span == FeatureSpan(message: 0, start: 29, end: 42) && order.text == "Say positive.")
    #expect(
      contents(order.messages) == ["system: You judge reviews. Be harsh.", "user: Dull plot. Nice cast."])
    #expect(made.reference == ["suggested": "positive"])
    // What is inserted is no sentence of the task's.
    #expect(made.features.filter { $0.kind == "rule" }.map(\.text) == ["You judge reviews.", "Be harsh."])
  }

  @Test func withoutOneWhatIsInsertedIsTheMessage() throws {
    let file = Self.file.replacing(#""system": "You judge reviews. Be harsh.", "#, with: "")
      .replacing(#"{"kind": "rule", "find": "sentences", "in": "system"},"#, with: "")
      .replacing(#"{"kind": "role", "find": "whole", "in": "system"},"#, with: "")
    let made = try made(["order", "sentence"], file: file)
    #expect(contents(made.messages) == ["system: Say positive.", "user: Dull plot. Nice cast."])
    let order = try #require(made.features.first)
    #expect(order.kind == "order" && contents(order.messages) == ["user: Dull plot. Nice cast."])
    #expect(made.features.dropFirst().allSatisfy { $0.span.message == 1 && $0.messages.count == 2 })
  }

  @Test(
    arguments: [
      (
        #""find": "whole", "in": "system""#, #""find": "whole""#,
        #"features[1].in: missing: only "system" can be found whole"#
      ),
      (
        #""find": "whole", "in": "system""#, #""find": "whole", "in": "row""#,
        #"features[1].in: is "row", expected system"#
      ),
      (#""system": "You judge reviews. Be harsh.", "#, "", "features[0].in: the task has no system message"),
      (
        #""find": "inserted""#, #""find": "inserted", "in": "system""#,
        "features[2].in: unknown key (keys: kind, find, default)"
      ),
    ] as [(String, String, String)])
  func theKeyIsNamed(old: String, new: String, message: String) throws {
    try #require(Self.file.contains(old))
    #expect(
      TaskFileText.failure(Self.file.replacing(old, with: new, maxReplacements: 1)) == "65 mine.json: "
        + message)
  }
}
