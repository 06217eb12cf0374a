import Cases
import Streams

/// The pairs (x, C) of the scored split, reduced to a few bytes each: columns of symbols, one column a
/// checkpoint where checkpoints differ. Nothing else of the stream is kept, but for what it takes to find
/// the cases of one input in another.
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
    /// An earlier input has the case: what this one adds to it is added.
    case merged
  }

  /// One explainer's statements, by pair.
  struct Statements: Sendable {
    /// e, `SymbolTable.none` where the explanation does not parse, `SymbolTable.absent` where no input has
    /// it yet.
    var answer: [Symbol] = []
    var changed: [Bool] = []
    /// How likely each answer is said, where records have that.
    var probabilities = SaidProbabilities()
  }

  /// One checkpoint's behaviour.
  struct Behaviors: Sendable {
    /// B(M, x), by case; `SymbolTable.absent` where no input has it yet.
    var original: [Symbol] = []
    /// E(M, x, C), by pair.
    var labelAnswer: [Symbol] = []
    /// Where that answer stands among the readout's, for readers of the surface.
    var place: [ReaderPair.Place] = []
    var labelChanged: [Bool] = []
  }

  /// Which checkpoints, split and groups the table is for.
  public let plan: ScoringPlan
  /// What was seen so far.
  public private(set) var cases = CaseCounts()
  /// Pairs (x, C) added so far.
  public var pairCount: Int { caseOfPair.count }

  /// What answers are called once all is read (`withNamedAnswers`); the columns hold symbols of `answersRead`
  /// until then.
  var answers = SymbolTable(noun: "answers")
  var answersRead = AnswerTable()
  var tasks = SymbolTable(noun: "tasks")
  var kinds = SymbolTable(noun: "feature kinds")
  var groups: SymbolTable

  private(set) var caseOfPair: [UInt32] = []
  private(set) var kindOfPair: [Symbol] = []
  /// Empty unless the plan has a group key.
  private(set) var groupOfPair: [Symbol] = []
  /// Of x∖C, by pair.
  private(set) var surfaces = SurfaceColumns()
  private(set) var itemOfCase: [UInt32] = []
  private(set) var taskOfCase: [Symbol] = []
  /// By index in `plan.checkpoints`.
  var behaviors: [Behaviors]
  /// By index in `plan.explainers`.
  var statements: [Statements]
  var trainingLabels: TrainingLabels
  var health: HealthTallies
  /// nil where there is one input, in which every case is whole.
  var merging: CaseMerging?

  /// By 64-bit hash: for the largest streams the chance that two items are taken for one is below 10⁻⁶.
  private var items: [UInt64: UInt32] = [:]
  var itemCount: Int { items.count }
  private(set) var foldOfItem: [UInt8] = []

  /// An empty table.
  /// - Parameter merges: whether cases come from several inputs, where one id in several of them is one case.
  public init(plan: ScoringPlan, merges: Bool = false) {
    self.plan = plan
    groups = SymbolTable(noun: "values of \(plan.groupKey?.text ?? "")", limit: GroupKey.limit)
    behaviors = plan.checkpoints.map { _ in Behaviors() }
    statements = plan.explainers.map { _ in Statements() }
    trainingLabels = TrainingLabels(origCount: plan.origs.count)
    health = HealthTallies(checkpointCount: plan.checkpoints.count)
    merging = merges ? CaseMerging(plan: plan) : nil
  }

  /// Adds a case of any split. Throws `ToolError` (65), and then adds nothing, where a selected case lacks
  /// the behaviour or the explanation of a checkpoint in the plan, or of a table that merges, where inputs
  /// disagree.
  /// - Parameter position: where the case stands, for the messages of a table that merges.
  @discardableResult
  public mutating func add(_ record: Case, at position: SourcePosition? = nil) throws(ToolError) -> CaseUse {
    do {
      if let known = merging?.known(record.id) {
        try merge(record, known, at: position)
        if record.split == .train { try addTrainingLabels(record) }
        return .merged
      }
      let isSelected = plan.selects(record)
      let place = isSelected && !record.features.isEmpty ? UInt32(itemOfCase.count) : nil
      if isSelected { try addSelected(record, at: position) }
      try merging?.note(record, place: place, at: position)
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
      var own: [Symbol] = []
      for feature in record.features {
        guard let label = ExplanationLabel(behavior, featureID: feature.id) else { continue }
        own.append(try answersRead.symbol(of: label.answer, among: record.readout.answers))
      }
      // Of inputs that have the same labels, the first is counted.
      guard try merging?.isNew(labels: own, of: record.id, orig: orig, name: name) != false else { continue }
      labels += own.map { (orig, $0) }
    }
    for label in labels { trainingLabels.add(label.answer, task: task, orig: label.orig) }
  }

  private mutating func addSelected(_ record: Case, at position: SourcePosition?) throws(ToolError) {
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
    for surface in row.surfaces { surfaces.add(surface) }
    makeRoom(pairs: record.features.count)
    fill(row, record, place: caseIndex, at: position)
  }

  private mutating func item(of record: Case) -> UInt32 {
    let hash = stableHash64(record.sourceItem.map { "item \($0)" } ?? "case \(record.id)")
    if let known = items[hash] { return known }
    let item = UInt32(items.count)
    items[hash] = item
    foldOfItem.append(CrossFitting.fold(ofItem: hash))
    return item
  }
}
