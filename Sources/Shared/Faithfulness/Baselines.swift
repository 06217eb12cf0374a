/// What an explainer that does not look inward would score.
public struct Baseline: Equatable, Sendable {
  /// mean[e = s]; nil where there are no pairs.
  public var selfAccuracy: Double?
  /// mean[e = o]; nil where there are no pairs.
  public var origAccuracy: Double?
  /// self − orig.
  public var gap: Double?

  init(selfRight: Int, origRight: Int, pairs: Int) {
    selfAccuracy = ratio(selfRight, pairs)
    origAccuracy = ratio(origRight, pairs)
    gap = ratio(selfRight - origRight, pairs)
  }
}

/// The baselines beside one row of the table.
public struct Baselines: Equatable, Sendable {
  /// Where the labels came from whose majority is taken.
  public enum LabelSource: String, Sendable {
    /// M0's labels in rows of the split `train`.
    case train
    /// M0's labels of the scored pairs, because no row of the split `train` has labels of M0.
    case scored
    /// The one for some tasks, the other for the rest.
    case mixed
  }

  /// The most common answer of a task.
  public struct Majority: Equatable, Sendable {
    /// Majorities are taken a task at a time, since tasks have different answers.
    public var task: String
    /// Ties go to the first in byte order.
    public var answer: String
  }

  /// e = B(Mt, x): right whenever nothing changes.
  public var copy: Baseline
  /// e = the most common s of the pair's task.
  public var majoritySelf: Baseline
  /// What that guess was, a line a task, in byte order of the tasks.
  public var majoritySelfAnswers: [Majority]
  /// e = the most common training label of the pair's task.
  public var majorityTraining: Baseline
  /// What that guess was, a line a task, in byte order of the tasks.
  public var majorityTrainingAnswers: [Majority]
  /// Which rows those labels are of.
  public var trainingLabelSource: LabelSource
  /// Labels in rows of the split `train`.
  public var trainingLabels: Int
}

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

/// The most common answer, ties to the first in byte order; nil where there is none.
func majority(of counts: [SymbolTable.Symbol: Int], _ answers: SymbolTable) -> SymbolTable.Symbol? {
  counts.max { left, right in
    left.value != right.value
      ? left.value < right.value
      : bytesPrecede(answers.strings[Int(right.key)], answers.strings[Int(left.key)])
  }?.key
}

extension Baselines {
  private typealias Symbol = SymbolTable.Symbol

  init(_ comparison: Comparison, _ selection: [UInt32]) {
    let table = comparison.table
    let cells = GuessCells(comparison, selection)
    let scored = cells.answers(\.o)
    var training = scored
    var labels = 0
    var labelledTasks = 0
    for task in scored.keys {
      guard let counts = table.trainingLabels.labels(orig: comparison.orig, task: task) else { continue }
      training[task] = counts
      labels += counts.values.reduce(0, +)
      labelledTasks += 1
    }
    trainingLabels = labels
    trainingLabelSource = labelledTasks == 0 ? .scored : labelledTasks == scored.count ? .train : .mixed

    let mostCommonNow = cells.answers(\.s).compactMapValues { majority(of: $0, table.answers) }
    let mostCommonTrained = training.compactMapValues { majority(of: $0, table.answers) }
    copy = cells.score(\.base)
    majoritySelf = cells.score { mostCommonNow[$0.task] }
    majoritySelfAnswers = Self.named(mostCommonNow, table)
    majorityTraining = cells.score { mostCommonTrained[$0.task] }
    majorityTrainingAnswers = Self.named(mostCommonTrained, table)
  }

  /// Majorities by name, in byte order of the tasks.
  private static func named(_ majorities: [Symbol: Symbol], _ table: PairTable) -> [Majority] {
    table.tasks.sorted.compactMap { task in
      majorities[task].map { answer in
        Majority(task: table.tasks.strings[Int(task)], answer: table.answers.strings[Int(answer)])
      }
    }
  }
}

/// The pairs of a selection, counted by all that a guesser and its score depend on.
private struct GuessCells {
  typealias Symbol = SymbolTable.Symbol

  struct Cell: Hashable {
    var task: Symbol
    /// B(Mt, x).
    var base: Symbol
    var s: Symbol
    var o: Symbol
  }

  private var counts: [Cell: Int] = [:]
  private let pairs: Int

  init(_ comparison: Comparison, _ selection: [UInt32]) {
    pairs = selection.count
    for index in selection {
      let pair = comparison.pair(index)
      counts[Cell(task: pair.task, base: pair.base, s: pair.s, o: pair.o), default: 0] += 1
    }
  }

  /// How often each answer occurs, by task.
  func answers(_ answer: (Cell) -> Symbol) -> [Symbol: [Symbol: Int]] {
    counts.reduce(into: [:]) { $0[$1.key.task, default: [:]][answer($1.key), default: 0] += $1.value }
  }

  /// The score of an explainer that states `guess` for every pair of a cell.
  func score(_ guess: (Cell) -> Symbol?) -> Baseline {
    var selfRight = 0
    var origRight = 0
    for (cell, count) in counts {
      let answer = guess(cell)
      if answer == cell.s { selfRight += count }
      if answer == cell.o { origRight += count }
    }
    return Baseline(selfRight: selfRight, origRight: origRight, pairs: pairs)
  }
}
