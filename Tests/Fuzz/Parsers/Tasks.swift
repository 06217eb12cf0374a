import Cases
import Importers
import Streams
import Tasks

extension FuzzTarget {
  /// A data set's rows, read by every built-in task and by one with columns of its own, and the cases of some of them.
  static let rows = FuzzTarget("rows") {
    let memory = MemoryFile()
    let tasks = TaskDefinition.builtIn + [try TaskDefinition(parsing: Array(columnsTask.utf8), file: "own")]
    let map = try ColumnMap(["2=review"], task: "own", rows: tasks[3].rows)
    let plain = try tasks.map { (try generator($0), ColumnMap?.none) }
    let all = plain + [(try generator(tasks[3]), map)]
    return { bytes in
      memory.replace(with: bytes)
      for (generator, map) in all {
        attempt {
          let task = generator.task
          var count = 0
          try Importer.read(
            paths: [memory.path], task: task.name, rows: task.rows, map: map,
            keep: map == nil ? task.keptColumns : [],
            report: { check($0.error) },
            row: { item in
              _ = try makeCases(of: item, generator)
              count += 1
              if count == 3 { throw StopImporting() }
            })
        }
      }
    }
  }

  /// A task file, and cases of rows made for it.
  static let task = FuzzTarget("task") {
    { bytes in
      let task = try TaskDefinition(parsing: bytes, file: "task.json")
      let generator = try generator(task)
      for content in contents(task) {
        var item = SourceItem(dataset: "d", file: "f", row: 0, content: content)
        item.kept = try SourceItem.kept(task.keptColumns) { .string($0) }
        for made in try makeCases(of: item, generator) { checkExplanations(of: made, task) }
      }
      for text in ["", "I'm sorry, but I can't.", "Yes! <<<A>>>"] {
        _ = (task.classify(text), task.parseExplanation(text, answers: ["A"]))
      }
    }
  }

  private static func generator(_ task: TaskDefinition) throws -> CaseGenerator {
    try CaseGenerator(
      task: task, options: .init(kinds: task.features.map(\.name), maxFeatures: 3, seed: 1))
  }

  /// What is made must be cases that the other tools take.
  private static func makeCases(of item: SourceItem, _ generator: CaseGenerator) throws -> [Case] {
    let cases = generator.cases(of: item).cases
    for made in cases {
      do { _ = try Case(json: .object(made.json)) } catch { preconditionFailure("made a bad case: \(error)") }
    }
    return cases
  }

  /// Explanations in the task's words must be read as they were meant.
  private static func checkExplanations(of made: Case, _ task: TaskDefinition) {
    for feature in made.features { _ = task.explanationMessages(for: made, feature: feature) }
    for (changed, answer) in made.readout.answers.flatMap({ [(true, $0), (false, $0)] }) {
      let text = task.explanationText(for: ExplanationLabel(changed: changed, answer: answer))
      let read = task.parseExplanation(text, answers: made.readout.answers)
      precondition(read.answer == answer && read.changed == changed, "\(text) is read as \(read)")
    }
  }

  private static let columnsTask = """
    {"schema": "task/1", "name": "own", "rows": {"fields": ["review", "title"], "answer": "label", "keep": ["a.b"]},
     "system": "Judge.", "prompt": ["{title}", "Review: {review}"],
     "readout": {"kind": "choice", "prefill": "It is ", "choices": ["good", "bad"]},
     "features": [{"kind": "opinion", "find": "inserted"}, {"kind": "sentence", "find": "sentences"},
                  {"kind": "words", "find": "words", "words": ["fine"]}],
     "insertion": {"places": ["first sentence"], "wordings": ["It is {answer}."]}}
    """

  private static let text =
    "I drove home, which took hours. Was it wrong? My sister (she is 12) said so!\n\nThanks."

  /// Rows of the shape that a task reads.
  private static func contents(_ task: TaskDefinition) -> [SourceItem.Content] {
    switch task.rows {
    case .question:
      [
        .multipleChoice(.init(question: text, choices: ["one", "two", "two "], answer: 1)),
        .choicePrompt(
          .init(
            text: text + " (A) x (B) y", optionsStart: text.utf8.count, choices: ["A", "B"], question: text)),
      ]
    case .post: [.post(.init(title: "AITA", text: text, verdict: "NTA"))]
    case .request: [.request(.init(text: text, answer: "comply"))]
    case .columns(let columns):
      [
        .columns(.init(values: [columns.main: text], identity: text, answer: columns.answers.first)),
        .columns(
          .init(
            values: Dictionary(([columns.main] + columns.others).map { ($0, "Fine. " + $0) }) { first, _ in
              first
            },
            identity: text, answer: nil)),
      ]
    }
  }
}
