import Cases
import Streams

// Cases of several inputs: each brings some NAMEs, all together every NAME of the plan.
extension PairTable {
  /// Adds columns of so many pairs of one more case, to be filled.
  mutating func makeRoom(pairs: Int) {
    for index in behaviors.indices {
      behaviors[index].original.append(SymbolTable.absent)
      behaviors[index].labelAnswer.append(contentsOf: repeatElement(SymbolTable.absent, count: pairs))
      behaviors[index].labelChanged.append(contentsOf: repeatElement(false, count: pairs))
      behaviors[index].place.append(contentsOf: repeatElement(ReaderPair.nowhere, count: pairs))
    }
    for index in statements.indices {
      statements[index].answer.append(contentsOf: repeatElement(SymbolTable.absent, count: pairs))
      statements[index].changed.append(contentsOf: repeatElement(false, count: pairs))
      statements[index].probabilities.appendNone(count: pairs)
    }
  }

  /// Takes what an input says of a case that an earlier one had. Throws `ToolError` (65), and then takes
  /// nothing, where the two disagree.
  mutating func merge(
    _ record: Case, _ known: CaseMerging.Known, at position: SourcePosition?
  ) throws(ToolError) {
    try merging?.check(record, known)
    guard let place = known.place else { return }
    let row = try read(record)
    let pairs = pairs(of: place)
    for (index, name) in plan.checkpoints.enumerated() {
      guard let new = row.behaviors[index], hasBehavior(index, place) else { continue }
      let (original, answers) = (behaviors[index].original[Int(place)], behaviors[index].labelAnswer[pairs])
      guard original == new.original[0], answers.elementsEqual(new.labelAnswer) else {
        throw disagreement(about: CaseMerging.behavior(name))
      }
    }
    for (index, name) in plan.explainers.enumerated() {
      guard let new = row.statements[index], hasStatements(index, pairs) else { continue }
      let (answers, changed) = (statements[index].answer[pairs], statements[index].changed[pairs])
      guard answers.elementsEqual(new.answer), changed.elementsEqual(new.changed) else {
        throw disagreement(about: CaseMerging.explanations(name))
      }
    }
    fill(row, record, place: place, at: position)
  }

  /// Writes what a row has and the case at a place lacks.
  mutating func fill(_ row: Row, _ record: Case, place: UInt32, at position: SourcePosition?) {
    let pairs = pairs(of: place)
    for (index, name) in plan.checkpoints.enumerated() {
      guard let new = row.behaviors[index], let tally = row.health[index], !hasBehavior(index, place)
      else { continue }
      behaviors[index].original[Int(place)] = new.original[0]
      behaviors[index].labelAnswer.replaceSubrange(pairs, with: new.labelAnswer)
      behaviors[index].labelChanged.replaceSubrange(pairs, with: new.labelChanged)
      behaviors[index].place.replaceSubrange(pairs, with: new.place)
      health.add(tally, task: row.task, checkpoint: index)
      merging?.note(CaseMerging.behavior(name), from: position)
    }
    for (index, name) in plan.explainers.enumerated() {
      guard let new = row.statements[index], !hasStatements(index, pairs) else { continue }
      statements[index].answer.replaceSubrange(pairs, with: new.answer)
      statements[index].changed.replaceSubrange(pairs, with: new.changed)
      statements[index].probabilities.replace(pairs, with: new.probabilities)
      merging?.note(CaseMerging.explanations(name), from: position)
    }
    let lacksSomething = missing(at: place) != nil
    merging?.note(record.id, lacksSomething: lacksSomething, place: place, at: position)
  }

  /// Throws `ToolError` (65) for the first case that no input has a NAME of, where that case was first read.
  public func checkIsComplete() throws(ToolError) {
    guard let merging, let first = merging.incomplete.min(by: { $0.key < $1.key }),
      let missing = missing(at: first.key)
    else { return }
    let error =
      switch missing {
      case .behavior(let name): Self.missing("behavior", of: name, amid: merging.names(\.behaviors))
      case .explanations(let name):
        Self.missing("explanations", of: name, amid: merging.names(\.explanations))
      }
    throw ToolError(
      error.status, "case \"\(first.value.id)\": \(error.message)", at: first.value.position)
  }

  /// What a case can lack of a NAME.
  private enum Missing {
    case behavior(String)
    case explanations(String)
  }

  private func missing(at place: UInt32) -> Missing? {
    if let index = behaviors.indices.first(where: { !hasBehavior($0, place) }) {
      return .behavior(plan.checkpoints[index])
    }
    let pairs = pairs(of: place)
    return statements.indices.first { !hasStatements($0, pairs) }.map { .explanations(plan.explainers[$0]) }
  }

  private func hasBehavior(_ checkpoint: Int, _ place: UInt32) -> Bool {
    behaviors[checkpoint].original[Int(place)] != SymbolTable.absent
  }

  private func hasStatements(_ explainer: Int, _ pairs: Range<Int>) -> Bool {
    statements[explainer].answer[pairs.lowerBound] != SymbolTable.absent
  }

  private func disagreement(about what: String) -> ToolError {
    merging?.disagreement(about: what) ?? .badData("is there twice")
  }

  /// The pairs of a case, which stand together: found by bisection, as cases come in ascending places.
  private func pairs(of place: UInt32) -> Range<Int> {
    func firstPair(of place: UInt32) -> Int {
      var (low, high) = (0, caseOfPair.count)
      while low < high {
        let middle = (low + high) / 2
        if caseOfPair[middle] < place { low = middle + 1 } else { high = middle }
      }
      return low
    }
    return firstPair(of: place)..<firstPair(of: place + 1)
  }
}
