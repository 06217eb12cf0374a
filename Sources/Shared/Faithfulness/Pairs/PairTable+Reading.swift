import Cases
import Streams

// Reading a case: all that can fail happens here, before anything is added.
extension PairTable {
  /// One case as columns of its pairs.
  struct Row {
    var task: Symbol
    var kinds: [Symbol] = []
    var groups: [Symbol] = []
    var surfaces: [PairSurface] = []
    /// By index in `plan.checkpoints`; nil where a table that merges may find it in another input.
    var behaviors: [Behaviors?] = []
    var health: [HealthTally?] = []
    /// By index in `plan.explainers`; nil likewise.
    var statements: [Statements?] = []
  }

  mutating func read(_ record: Case) throws(ToolError) -> Row {
    var row = Row(task: try tasks.symbol(of: record.task))
    for feature in record.features {
      row.kinds.append(try kinds.symbol(of: feature.kind))
      row.surfaces.append(PairSurface(feature, record.readout))
      if let key = plan.groupKey {
        if let value = try key.value(of: record, feature) {
          row.groups.append(try groups.symbol(of: value))
        } else {
          row.groups.append(SymbolTable.none)
        }
      }
    }
    for name in plan.checkpoints {
      guard let behavior = try record.behavior(of: name) else {
        guard merging != nil else { throw Self.missing("behavior", of: name, amid: record.behaviorNames) }
        row.behaviors.append(nil)
        row.health.append(nil)
        continue
      }
      row.behaviors.append(try columns(of: behavior, record))
      row.health.append(try HealthTally(behavior, record, answers: &answersRead))
    }
    for name in plan.explainers {
      guard let explanations = try record.explanations(of: name) else {
        guard merging != nil else {
          throw Self.missing("explanations", of: name, amid: record.explanationNames)
        }
        row.statements.append(nil)
        continue
      }
      row.statements.append(try columns(of: explanations, by: name, record))
    }
    return row
  }

  /// The error about a missing NAME, with what there is instead.
  static func missing(_ what: String, of name: String, amid names: [String]) -> ToolError {
    .badData(
      "no \(what) of \"\(name)\"" + (names.isEmpty ? "" : ", only of \(names.joined(separator: ", "))"))
  }

  private mutating func columns(of behavior: CaseBehavior, _ record: Case) throws(ToolError) -> Behaviors {
    var columns = Behaviors()
    let places = record.readout.answers
    columns.original = [try answersRead.symbol(of: behavior.original.answer, among: places)]
    for feature in record.features {
      guard let label = ExplanationLabel(behavior, featureID: feature.id) else {
        throw .badData("no behavior without feature \"\(feature.id)\"")
      }
      columns.labelAnswer.append(try answersRead.symbol(of: label.answer, among: places))
      columns.labelChanged.append(label.changed)
      columns.place.append(
        ReaderPair.Place(clamping: places.firstIndex(of: label.answer) ?? Int(ReaderPair.nowhere)))
    }
    return columns
  }

  private mutating func columns(
    of explanations: [String: Explanation], by name: String, _ record: Case
  ) throws(ToolError) -> Statements {
    var columns = Statements()
    let offered = record.readout.answers
    for feature in record.features {
      guard let explanation = explanations[feature.id] else {
        throw .badData("no explanation of \"\(name)\" for feature \"\(feature.id)\"")
      }
      var scores: [(answer: Symbol, logProbability: Double)]?
      if let said = explanation.scores {
        scores = []
        for score in said {
          guard let value = score.logProbability else { continue }
          scores?.append((try answersRead.symbol(of: score.choice, among: offered), value))
        }
      }
      columns.probabilities.append(scores)
      guard let answer = explanation.answer else {
        // Unparsable: it states nothing, so it does not say "changed" either.
        columns.answer.append(SymbolTable.none)
        columns.changed.append(false)
        continue
      }
      columns.answer.append(try answersRead.symbol(of: answer, among: offered))
      columns.changed.append(explanation.changed == true)
    }
    return columns
  }
}
