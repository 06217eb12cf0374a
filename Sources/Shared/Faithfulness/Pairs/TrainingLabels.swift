/// M0's answers without C in rows of the split `train`: the labels that an explainer was trained on.
struct TrainingLabels: Sendable {
  typealias Symbol = SymbolTable.Symbol

  /// By orig, then task, then answer.
  private var counts: [[Symbol: [Symbol: Int]]]

  init(origCount: Int) {
    counts = Array(repeating: [:], count: origCount)
  }

  mutating func add(_ answer: Symbol, task: Symbol, orig: Int) {
    counts[orig][task, default: [:]][answer, default: 0] += 1
  }

  /// The labels of a task, by answer; nil where there are none.
  func labels(orig: Int, task: Symbol) -> [Symbol: Int]? { counts[orig][task] }

  /// Every answer that labels have, by task.
  var answers: [Symbol: Set<Symbol>] {
    counts.reduce(into: [:]) { answers, tasks in
      for (task, labels) in tasks { answers[task, default: []].formUnion(labels.keys) }
    }
  }

  /// Counts answers under other symbols.
  /// - Parameter named: the counts of a task.
  mutating func rename(_ named: ([Symbol: Int], Symbol) -> [Symbol: Int]) {
    for orig in counts.indices {
      for (task, labels) in counts[orig] { counts[orig][task] = named(labels, task) }
    }
  }
}
