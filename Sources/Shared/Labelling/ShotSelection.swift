import Cases
import Streams
import Tasks

/// Chooses shots from labelled cases of the train split: as many whose answer changes as whose answer stays
/// (one more of either, by lot, where the number is odd), each answer as often as can be, each shot of
/// another source item.
///
/// Every (case, feature) has a random rank that depends on the seed and on its ids alone, so the choice does
/// not depend on the order of the stream.
public struct ShotSelection {
  private typealias Candidate = (rank: UInt64, shot: ExplanationShots.Shot)

  private let count: Int
  private let seed: UInt64
  private let name: String
  private let tasks: TaskCatalog
  /// By task.
  private var candidates: [String: [Candidate]] = [:]

  /// Whether no case so far can be a shot.
  public var isEmpty: Bool { candidates.isEmpty }

  /// - Parameters:
  ///   - count: shots of each task, at least 1.
  ///   - name: the checkpoint whose behaviour labels them.
  public init(count: Int, seed: UInt64, labelledBy name: String, tasks: TaskCatalog) {
    self.count = count
    self.seed = seed
    self.name = name
    self.tasks = tasks
  }

  /// Takes in a case; one of another split, or without behaviour of the checkpoint, is left out, and so is an
  /// answer that could not be read. Throws `ToolError` (65) where the case's behaviour has another shape or
  /// its task is not known.
  public mutating func add(_ record: Case) throws(ToolError) {
    guard record.split == .train, let behavior = try record.behavior(of: name) else { return }
    let task = try tasks.task(of: record)
    for feature in record.features {
      guard let label = ExplanationLabel(behavior, featureID: feature.id), !label.answer.isEmpty else {
        continue
      }
      let shot = ExplanationShots.Shot(
        id: record.id, item: ExplanationShots.item(of: record), label: label,
        question: task.explanationMessages(for: record, feature: feature),
        explanation: task.explanationText(for: label))
      let rank = CounterRandom(seed: seed, "shots", record.id, feature.id).value(at: 0)
      candidates[record.task, default: []].append((rank, shot))
    }
  }

  /// The shots. Throws `ToolError` (65) where a task has too few.
  public func shots() throws(ToolError) -> ExplanationShots {
    var shots: [String: [ExplanationShots.Shot]] = [:]
    for (task, candidates) in candidates.sorted(by: { $0.key < $1.key }) {
      shots[task] = try choose(candidates.sorted { $0.rank < $1.rank }, task)
    }
    return ExplanationShots(shots)
  }

  private func choose(_ candidates: [Candidate], _ task: String) throws(ToolError) -> [ExplanationShots.Shot]
  {
    let firstChanges = CounterRandom(seed: seed, "shots", task).value(at: 0) % 2 == 1
    var items: Set<String> = []
    var uses: [String: Int] = [:]
    var chosen: [Candidate] = []
    for turn in 0..<count {
      let changes = (turn % 2 == 0) == firstChanges
      // Of the answers used least, the lowest rank: `min` takes the first of equals.
      let open = candidates.filter { $0.shot.label.changed == changes && !items.contains($0.shot.item) }
      let next = open.min { uses[$0.shot.label.answer, default: 0] < uses[$1.shot.label.answer, default: 0] }
      guard let next else {
        let missing = "\(changes ? "changed" : "unchanged") answers of other items"
        throw .badData("--shots \(count): the task \"\(task)\" has only \(chosen.count), no more \(missing)")
      }
      items.insert(next.shot.item)
      uses[next.shot.label.answer, default: 0] += 1
      chosen.append(next)
    }
    // In random order: kinds in turn would be a pattern to go on with.
    return chosen.sorted { $0.rank < $1.rank }.map(\.shot)
  }
}
