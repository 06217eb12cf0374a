import Cases
import Streams

/// The pairs (x, C) of the scored split, reduced to a few bytes each: columns of symbols, one column a
/// checkpoint where checkpoints differ. Nothing else of the stream is kept.
public struct PairTable: Sendable {
  typealias Symbol = SymbolTable.Symbol

  /// How many cases were seen.
  public struct CaseCounts: Equatable, Sendable {
    /// Cases of any split.
    public var read = 0
    /// Of the scored split, or without a split.
    public var selected = 0
    /// Selected, but without a feature: they add no pair.
    public var withoutFeatures = 0
    /// Selected, and without `source.item`: each is an item of its own.
    public var withoutItem = 0
  }

  /// What became of a case.
  public enum CaseUse: Sendable {
    case scored
    /// Of another split; where that is `train`, its labels are counted.
    case otherSplit
    case withoutFeatures
  }

  /// One explainer's statements, by pair.
  struct Statements: Sendable {
    /// e, `SymbolTable.none` where the explanation does not parse.
    var answer: [Symbol] = []
    var changed: [Bool] = []
  }

  /// One checkpoint's behaviour.
  struct Behaviors: Sendable {
    /// B(M, x), by case.
    var original: [Symbol] = []
    /// E(M, x, C), by pair.
    var labelAnswer: [Symbol] = []
    var labelChanged: [Bool] = []
  }

  /// Which checkpoints, split and groups the table is for.
  public let plan: ScoringPlan
  /// What was seen so far.
  public private(set) var cases = CaseCounts()
  /// Pairs (x, C) added so far.
  public var pairCount: Int { caseOfPair.count }

  var answers = SymbolTable(noun: "answers")
  var tasks = SymbolTable(noun: "tasks")
  var kinds = SymbolTable(noun: "feature kinds")
  var groups: SymbolTable

  private(set) var caseOfPair: [UInt32] = []
  private(set) var kindOfPair: [Symbol] = []
  /// Empty unless the plan has a group key.
  private(set) var groupOfPair: [Symbol] = []
  private(set) var itemOfCase: [UInt32] = []
  private(set) var taskOfCase: [Symbol] = []
  /// By index in `plan.checkpoints`.
  private(set) var behaviors: [Behaviors]
  /// By index in `plan.explainers`.
  private(set) var statements: [Statements]
  private(set) var trainingLabels: TrainingLabels
  private(set) var health: HealthTallies

  /// By 64-bit hash: for the largest streams the chance that two items are taken for one is below 10⁻⁶.
  private var items: [UInt64: UInt32] = [:]
  var itemCount: Int { items.count }

  /// An empty table.
  public init(plan: ScoringPlan) {
    self.plan = plan
    groups = SymbolTable(noun: "values of \(plan.groupKey?.text ?? "")", limit: GroupKey.limit)
    behaviors = plan.checkpoints.map { _ in Behaviors() }
    statements = plan.explainers.map { _ in Statements() }
    trainingLabels = TrainingLabels(origCount: plan.origs.count)
    health = HealthTallies(checkpointCount: plan.checkpoints.count)
  }

  /// Adds a case of any split. Throws `ToolError` (65), and then adds nothing, where a selected case lacks
  /// the behaviour or the explanation of a checkpoint in the plan.
  @discardableResult
  public mutating func add(_ record: Case) throws(ToolError) -> CaseUse {
    do {
      let isSelected = record.split == nil || record.split == plan.split
      if isSelected { try addSelected(record) }
      if record.split == .train { try addTrainingLabels(record) }
      cases.read += 1
      return !isSelected ? .otherSplit : record.features.isEmpty ? .withoutFeatures : .scored
    } catch {
      throw ToolError(error.status, "case \"\(record.id)\": \(error.message)", at: error.position)
    }
  }

  private mutating func addTrainingLabels(_ record: Case) throws(ToolError) {
    let task = try tasks.symbol(of: record.task)
    var labels: [(orig: Int, answer: Symbol)] = []
    for (orig, name) in plan.origs.enumerated() {
      guard let behavior = try record.behavior(of: name) else { continue }
      for feature in record.features {
        guard let label = ExplanationLabel(behavior, featureID: feature.id) else { continue }
        labels.append((orig, try answers.symbol(of: label.answer)))
      }
    }
    for label in labels { trainingLabels.add(label.answer, task: task, orig: label.orig) }
  }

  private mutating func addSelected(_ record: Case) throws(ToolError) {
    guard !record.features.isEmpty else {
      cases.selected += 1
      cases.withoutFeatures += 1
      return
    }
    // The tallies count pairs in 32 bits.
    guard record.features.count <= Int(Int32.max) - pairCount else {
      throw .badData("more than \(Int32.max) pairs")
    }
    let row = try read(record)
    let caseIndex = UInt32(itemOfCase.count)
    cases.selected += 1
    if record.sourceItem == nil { cases.withoutItem += 1 }
    itemOfCase.append(item(of: record))
    taskOfCase.append(row.task)
    caseOfPair.append(contentsOf: repeatElement(caseIndex, count: record.features.count))
    kindOfPair.append(contentsOf: row.kinds)
    groupOfPair.append(contentsOf: row.groups)
    for index in behaviors.indices {
      behaviors[index].original.append(row.behaviors[index].original[0])
      behaviors[index].labelAnswer.append(contentsOf: row.behaviors[index].labelAnswer)
      behaviors[index].labelChanged.append(contentsOf: row.behaviors[index].labelChanged)
      health.add(row.health[index], task: row.task, checkpoint: index)
    }
    for index in statements.indices {
      statements[index].answer.append(contentsOf: row.statements[index].answer)
      statements[index].changed.append(contentsOf: row.statements[index].changed)
    }
  }

  private mutating func item(of record: Case) -> UInt32 {
    let hash = stableHash64(record.sourceItem.map { "item \($0)" } ?? "case \(record.id)")
    if let known = items[hash] { return known }
    let item = UInt32(items.count)
    items[hash] = item
    return item
  }
}
