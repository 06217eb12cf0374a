import Cases
import Streams

/// What the answers of each task are called in all that compares cases with each other, such as the most
/// common answer, permuted explanations, and entropy: their text, or where every case has answers of its own
/// their place among the case's answers (`AnswerCounts`). Within a case either name tells its answers apart,
/// so no score of a pair depends on it.
struct AnswerNames {
  typealias Symbol = SymbolTable.Symbol

  private(set) var names = SymbolTable(noun: "answers")
  /// By task; what an answer that was read is called.
  private var namesOfTask: [Symbol: [Symbol: Symbol]] = [:]

  /// - Parameters:
  ///   - answers: as they were read.
  ///   - given: those of each task.
  ///   - offered: how many answers a case of each task has, at most.
  init(_ answers: AnswerTable, given: [Symbol: Set<Symbol>], offered: [Symbol: Int]) throws(ToolError) {
    for (task, symbols) in given.sorted(by: { $0.key < $1.key }) {
      let read = symbols.sorted().map { (symbol: $0, answer: answers.answers[Int($0)]) }
      let areOwn = AnswerCounts.areOwn(
        given: Set(read.map(\.answer.text)).count, offered: offered[task] ?? 0)
      for (symbol, answer) in read {
        let place = areOwn ? answer.place : nil
        namesOfTask[task, default: [:]][symbol] =
          try names.symbol(of: place.map(AnswerCounts.name(ofPlace:)) ?? answer.text)
      }
    }
  }

  /// What an answer of a task is called; one that stands for no answer stays.
  func name(_ symbol: Symbol, task: Symbol) -> Symbol { namesOfTask[task]?[symbol] ?? symbol }

  /// Counts by name.
  func named(_ counts: [Symbol: Int], task: Symbol) -> [Symbol: Int] {
    Dictionary(counts.map { (name($0.key, task: task), $0.value) }, uniquingKeysWith: +)
  }
}

extension PairTable {
  /// The table with its answers called as `AnswerNames` says, once everything is read. Throws `ToolError`
  /// (65) for too many different answers.
  func withNamedAnswers() throws(ToolError) -> PairTable {
    var table = self
    let taskOfPair = caseOfPair.map { taskOfCase[Int($0)] }
    let names = try AnswerNames(
      answersRead, given: answersGiven(taskOfPair), offered: answersOffered(taskOfPair))
    table.answers = names.names
    for checkpoint in behaviors.indices {
      for (record, task) in taskOfCase.enumerated() {
        let answer = behaviors[checkpoint].original[record]
        table.behaviors[checkpoint].original[record] = names.name(answer, task: task)
      }
      for (pair, task) in taskOfPair.enumerated() {
        let answer = behaviors[checkpoint].labelAnswer[pair]
        table.behaviors[checkpoint].labelAnswer[pair] = names.name(answer, task: task)
      }
    }
    for explainer in statements.indices {
      for (pair, task) in taskOfPair.enumerated() {
        let answer = statements[explainer].answer[pair]
        table.statements[explainer].answer[pair] = names.name(answer, task: task)
      }
      table.statements[explainer].probabilities.rename { names.name($1, task: taskOfPair[$0]) }
    }
    table.trainingLabels.rename { names.named($0, task: $1) }
    table.health.rename { names.named($0, task: $1) }
    return table
  }

  /// By task, every answer that a checkpoint gives or an explainer states, training labels among them.
  private func answersGiven(_ taskOfPair: [Symbol]) -> [Symbol: Set<Symbol>] {
    var given = trainingLabels.answers
    func add(_ symbols: [Symbol], _ tasks: [Symbol]) {
      for (symbol, task) in zip(symbols, tasks) where symbol < SymbolTable.absent {
        given[task, default: []].insert(symbol)
      }
    }
    for behavior in behaviors {
      add(behavior.original, taskOfCase)
      add(behavior.labelAnswer, taskOfPair)
    }
    for statement in statements {
      add(statement.answer, taskOfPair)
      statement.probabilities.forEachAnswer { given[taskOfPair[$0], default: []].insert($1) }
    }
    return given
  }

  private func answersOffered(_ taskOfPair: [Symbol]) -> [Symbol: Int] {
    var offered: [Symbol: Int] = [:]
    for (pair, task) in taskOfPair.enumerated() {
      offered[task] = max(offered[task] ?? 0, Int(surfaces.options(pair).count))
    }
    return offered
  }
}
