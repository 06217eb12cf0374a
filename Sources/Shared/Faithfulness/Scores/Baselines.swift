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
