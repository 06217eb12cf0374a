import Foundation
import Labelling
import Streams

/// A sliding window over the questions of cases: threads answer a number of them at a time, from the oldest case
/// on, and a request slot that is free takes the next question at once, whichever cases are not done yet.
package final class QuestionWindow: @unchecked Sendable {
  private struct Entry {
    let questions: [CaseQuestions.Question]
    var answers: [CaseQuestions.Answer?]
    /// The first question that no thread has taken.
    var next = 0
    var running = 0
    /// Why a question has no answer. The others of its case are not asked then.
    var failure: ToolError?

    var hasQuestions: Bool { failure == nil && next < questions.count }
    var isDone: Bool { running == 0 && !hasQuestions }
    /// Questions that are asked or will be.
    var open: Int { running + (failure == nil ? questions.count - next : 0) }
  }

  private let answers: ServerAnswers
  private let concurrency: Int
  /// Guards everything below; signalled whenever a question is done.
  private let condition = NSCondition()
  private var entries: [Entry] = []
  /// How many cases were given out: the number of the first entry.
  private var givenOut = 0
  private var threads = 0
  /// What ended the run.
  private var failure: ToolError?

  /// - Parameter concurrency: questions at a time.
  package init(answers: ServerAnswers, concurrency: Int) {
    self.answers = answers
    self.concurrency = concurrency
  }

  /// Adds a case behind the others.
  package func add(_ questions: [CaseQuestions.Question]) {
    condition.withLock {
      entries.append(Entry(questions: questions, answers: Array(repeating: nil, count: questions.count)))
      // Threads, not a dispatch queue: they wait for the network, however few processors there are.
      for _ in 0..<min(questions.count, concurrency - threads) {
        threads += 1
        Thread { [self] in run() }.start()
      }
    }
  }

  /// Waits until at most so many questions are left. Throws `ToolError`, what ended the run.
  package func wait(leaving open: Int) throws(ToolError) {
    let ending = condition.withLock { () -> ToolError? in
      // After a failure, until all threads have stopped.
      while failure == nil ? entries.reduce(0, { $0 + $1.open }) > open : threads > 0 { condition.wait() }
      return failure
    }
    if let ending { throw ending }
  }

  /// The answers of the oldest case, or why it has none; nil where it is not done, or failed and `takesFailures` is
  /// false. What ended the run is no failure of a case: the next `wait` throws it.
  package func popFirst(takesFailures: Bool) -> Result<[CaseQuestions.Answer], ToolError>? {
    condition.withLock {
      guard let first = entries.first, first.isDone else { return nil }
      if let failure = first.failure, !takesFailures || failure.status != .badData { return nil }
      entries.removeFirst()
      givenOut += 1
      return first.failure.map { .failure($0) } ?? .success(first.answers.compactMap { $0 })
    }
  }

  /// Answers questions until there is none to take.
  private func run() {
    while let (number, place, question) = take() {
      let result: Result<CaseQuestions.Answer, ToolError>
      do throws(ToolError) {
        result = .success(try answers.answer(question))
      } catch {
        result = .failure(error)
      }
      finish(number, place, result)
    }
  }

  /// The next question, and the number of its case. A thread that gets none ends.
  private func take() -> (number: Int, place: Int, question: CaseQuestions.Question)? {
    condition.withLock {
      guard failure == nil, let index = entries.firstIndex(where: \.hasQuestions) else {
        threads -= 1
        condition.broadcast()
        return nil
      }
      defer {
        entries[index].next += 1
        entries[index].running += 1
      }
      return (givenOut + index, entries[index].next, entries[index].questions[entries[index].next])
    }
  }

  private func finish(_ number: Int, _ place: Int, _ result: Result<CaseQuestions.Answer, ToolError>) {
    let endsRun = condition.withLock {
      // A case that has a question running is not given out.
      let index = number - givenOut
      entries[index].running -= 1
      defer { condition.broadcast() }
      switch result {
      case .success(let answer): entries[index].answers[place] = answer
      case .failure(let error) where error.status == .badData: entries[index].failure = error
      case .failure(let error):
        entries[index].failure = error
        // The first failure counts: those after it come of stopping.
        if failure == nil { failure = error }
        return true
      }
      return false
    }
    if endsRun { answers.client.stop() }
  }
}
