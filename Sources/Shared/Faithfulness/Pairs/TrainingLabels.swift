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
}
