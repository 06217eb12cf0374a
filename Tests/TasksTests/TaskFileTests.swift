import Cases
import Foundation
import Streams
import Tasks
import Testing

@Suite struct TaskFileTests {
  @Test func everyKeyIsRead() throws {
    let task = try TaskFileText.task(TaskFileText.sentiment)
    #expect(task.name == "sentiment" && task.system == "You judge reviews.")
    #expect(task.rows.fields == ["review", "title"])
    #expect(task.defaultFeatures == ["opinion", "sentence"])
    #expect(task.features[2].source == .words(["love", "fine"], preferNamed: false))
    #expect(task.readout == .fixed(.choice(prefill: "It is ", choices: ["positive", "negative"])))
    let insertion = try #require(task.insertion)
    #expect(insertion.places == [.firstSentence, .lastSentence, .paragraph(before: 3)])
    #expect(insertion.wordings.map(\.suggests) == [nil, "positive", nil])
    #expect(insertion.wordings.map(\.weight) == [1, 3, 1])
    #expect(insertion.referenceKey == "suggested")
    #expect(task.explanation.changed == "Then <<<{answer}>>>!")
  }

  @Test func whatIsLeftOutIsTheUsual() throws {
    let task = try TaskFileText.task(TaskFileText.mood)
    #expect(task.explanation == TaskDefinition.hint.explanation)
    #expect(task.system == nil && task.insertion == nil && task.summary == "")
    #expect(
      task.readout
        == .fixed(.generate(prefill: "Well, ", maximumTokens: 8, answers: ["sad", "glad", "neither"])))
  }

  @Test(arguments: [
    ("I'm sorry to be happy to help.", "sad"), ("I'm happy to help.", "glad"), ("Sorry, I am", "neither"),
    ("One. I am glad.", "glad"), ("One. Two. I am glad. I cannot.", "sad"), ("", "neither"),
    ("One. Two. Three: I\nCAN’T", "sad"), ("Gladly.", "neither"),
  ])
  func theFirstRuleThatHoldsDecides(text: String, answer: String) throws {
    #expect(try TaskFileText.task(TaskFileText.mood).classify(text) == answer)
  }

  @Test func explanationsAreWordedAndReadByTheFile() throws {
    let task = try TaskFileText.task(TaskFileText.sentiment)
    for label in [
      ExplanationLabel(changed: true, answer: "negative"),
      ExplanationLabel(changed: false, answer: "positive"),
    ] {
      let text = task.explanationText(for: label)
      let read = task.parseExplanation(text, answers: ["positive", "negative"])
      #expect(read.changed == label.changed && read.answer == label.answer)
    }
    let usual = "The output would remain unchanged from <<<positive>>>."
    #expect(task.parseExplanation(usual, answers: ["positive"]).changed == nil)
  }

  @Test func explanationsMayBeginWithTheWordsOfTheBehaviour() throws {
    let file = TaskFileText.sentiment
      .replacing("Still <<<", with: "{words} Unchanged: <<<")
      .replacing("Then <<<", with: "{words} Changed: <<<")
      .replacing(#""unchanged":"#, with: #""words": {"negative": "Bad."}, "unchanged":"#)
    let task = try TaskFileText.task(file)
    let text = task.explanationText(for: ExplanationLabel(changed: true, answer: "negative"))
    #expect(text == "Bad. Changed: <<<negative>>>!")
    let answers = ["positive", "negative"]
    #expect(task.parseExplanation(text, answers: answers).changed == true)
    #expect(task.parseExplanation("positive Unchanged: <<<positive>>>", answers: answers).changed == false)
    // The words of one answer, another one marked.
    #expect(task.parseExplanation("Bad. Changed: <<<positive>>>", answers: answers).changed == nil)
  }

  @Test func brokenJSONHasLineAndColumn() {
    #expect(
      TaskFileText.failure("{\"schema\": \"task/1\",\n \"name\" \"x\"}")?.hasPrefix(
        "65 mine.json:2:") == true)
    #expect(
      TaskFileText.failure("{\"name\": \"a\", \"name\": \"b\"}")?.contains("duplicate") == true)
    #expect(TaskFileText.failure("[]") == "65 mine.json: is an array, expected an object")
    #expect(TaskFileText.failure("") == "65 mine.json:1: empty text is not JSON")
  }

  @Test func aCatalogKnowsFilesAndTheirDigests() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tasks-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func file(_ name: String, _ text: String) throws -> String {
      let file = folder.appending(path: name)
      try text.write(to: file, atomically: true, encoding: .utf8)
      return file.path
    }
    let mine = try file("mine.json", TaskFileText.mood)
    var catalog = try TaskCatalog([mine, "refusal"])
    #expect(catalog.inputs.map(\.sha256) == [Digest.hex(of: TaskFileText.mood)])
    #expect(throws: ToolError.self) { try catalog.add(mine) }
    let clash = try file("hint", TaskFileText.mood.replacing("\"mood\"", with: "\"hint\""))
    #expect(
      throws: ToolError(
        .badData, "name: \"hint\" is a built-in task; choose another", at: SourcePosition(file: clash))
    ) { try catalog.add(clash) }
    func status(_ argument: String) -> Streams.ExitStatus? {
      do throws(ToolError) {
        _ = try catalog.add(argument)
        return nil
      } catch { return error.status }
    }
    #expect(status("dance") == .usage)
    #expect(status("\(folder.path)/nothing.json") == .missingInput)
    #expect(status(folder.path) == .missingInput)
  }
}
