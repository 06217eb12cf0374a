import Cases
import Streams
import Tasks
import Testing

@Suite struct EmbeddedDataTests {
  private func items(_ task: String) throws -> [SourceItem] {
    var items: [SourceItem] = []
    let definition = try #require(TaskDefinition.builtIn.first { $0.name == task })
    try EmbeddedData.read(definition.rows) { items.append($0) }
    return items
  }

  private func text(_ item: SourceItem) -> String {
    switch item.content {
    case .multipleChoice(let content): content.question
    case .post(let content): content.text
    case .request(let content): content.text
    case .hintPair(let content): content.question
    case .choicePrompt(let content): content.question
    case .columns(let content): content.identity
    }
  }

  @Test(arguments: TaskDefinition.builtIn.map(\.name))
  func thereAreManyAndAllDiffer(task: String) throws {
    let items = try items(task)
    #expect(items.count >= 800)
    #expect(items.map(\.row) == Array(items.indices))
    let normal = Dictionary(grouping: items) { TextFrame.normalize(text($0)) }
    #expect(normal.values.filter { $0.count > 1 }.map { $0.map(\.row) } == [])
  }

  @Test(arguments: TaskDefinition.builtIn.map(\.name))
  func splitsAreNearNominalAndTheTestSplitIsLargeEnough(task: String) throws {
    let definition = try #require(TaskDefinition.builtIn.first { $0.name == task })
    let options = CaseGenerator.Options(kinds: definition.defaultFeatures, maxFeatures: 6, seed: 0)
    let generator = try CaseGenerator(task: definition, options: options)
    var items: [Split: Int] = [:]
    var pairs: [Split: Int] = [:]
    let all = try self.items(task)
    for item in all {
      let result = generator.cases(of: item)
      #expect(result.dropped == [], "row \(item.row)")
      for made in result.cases {
        let split = try #require(made.split)
        pairs[split, default: 0] += made.features.count
        if made.id.hasSuffix("/v0") { items[split, default: 0] += 1 }
        _ = try Case(json: .object(made.json))
      }
    }
    #expect(pairs[.test, default: 0] >= 1000)
    for split in Split.allCases {
      let share = 100 * Double(items[split, default: 0]) / Double(all.count)
      #expect(abs(share - Double(split.share)) < 4, "\(split): \(share) %")
    }
  }

  @Test func questionsHaveOneAnswerOfFour() throws {
    var answers = [0, 0, 0, 0]
    for item in try items("hint") {
      guard case .multipleChoice(let content) = item.content else { continue }
      #expect(content.choices.count == 4 && Set(content.choices).count == 4, "row \(item.row)")
      answers[try #require(content.answer)] += 1
    }
    #expect(answers.allSatisfy { $0 * 6 > answers.reduce(0, +) }, "no letter is rare: \(answers)")
  }

  /// The authors wrote one sentence a string, so the segmentation has a reference here.
  @Test(arguments: ["sycophancy", "refusal"])
  func segmentationFindsTheAuthorsSentences(task: String) throws {
    var wrong: [Int] = []
    var answers: Set<String> = []
    var changing = 0
    let items = try items(task)
    for item in items {
      let (text, answer, references) = reference(item)
      answers.insert(answer)
      if references.contains(where: { $0.answer != answer }) { changing += 1 }
      let bytes = Array(text.utf8)
      let found = Sentences.ranges(in: text).map { String(decoding: bytes[$0], as: UTF8.self) }
      if found != references.map(\.sentence) { wrong.append(item.row) }
    }
    #expect(wrong.count * 200 <= items.count, "rows \(wrong)")
    #expect(answers == (task == "refusal" ? ["refuse", "comply"] : ["YTA", "NTA"]))
    #expect(
      changing * 4 > items.count && changing * 10 < items.count * 9,
      "\(changing) of \(items.count) turn on a sentence")
  }

  private func reference(_ item: SourceItem) -> (String, String, [SourceItem.SentenceReference]) {
    switch item.content {
    case .post(let content): (content.text, content.verdict ?? "", content.verdictsWithout)
    case .request(let content): (content.text, content.answer ?? "", content.answersWithout)
    default: ("", "", [])
    }
  }

  @Test func triggersAreInTheirText() throws {
    for item in try items("refusal") {
      guard case .request(let content) = item.content, let trigger = content.trigger else { continue }
      #expect(Triggers.ranges(of: trigger, in: content.text).count == 1, "row \(item.row): \(trigger)")
    }
  }

  @Test func columnsOfATasksOwnHaveNone() {
    let message = "no data are embedded for rows of a task's own columns, name an --input"
    #expect(throws: ToolError(.usage, message)) {
      try EmbeddedData.read(.columns(RowColumns(main: "a", answers: []))) { _ in }
    }
  }
}
