import Cases
import Streams
import Tasks

/// Holds what is recorded of explanations against the task files: a stream that was explained under other
/// templates than those that are given now is found before it is scored.
public struct ExplanationReadings: Sendable {
  private let tasks: TaskCatalog
  private let explainers: [String]

  /// - Parameters:
  ///   - tasks: those that cases can be of.
  ///   - explainers: the NAMEs whose explanations are scored.
  public init(tasks: TaskCatalog, explainers: [String]) {
    self.tasks = tasks
    self.explainers = explainers
  }

  /// A case with its explanations checked, and read where their text alone is recorded. Those of built-in
  /// tasks, whose templates are fixed, are taken as they are.
  /// - Throws: `ToolError` (65) where the task is neither built in nor of a file, or where a text reads
  ///   otherwise by its task file than is recorded.
  public func checked(_ record: Case) throws(ToolError) -> Case {
    let task = try tasks.task(of: record)
    let answers = record.readout.answers
    var record = record
    for name in explainers {
      do throws(ToolError) {
        try record.readExplanations(of: name) { task.parseExplanation($0, answers: answers) }
      } catch {
        throw error.of(record)
      }
    }
    guard tasks.isFromFile(task) else { return record }
    for name in explainers {
      guard let explanations = try recorded(record, name) else { continue }
      for feature in record.features {
        guard let explanation = explanations[feature.id], let text = explanation.text else { continue }
        let stated = task.parseExplanation(text, answers: answers)
        guard (stated.changed, stated.answer) == (explanation.changed, explanation.answer) else {
          throw .badData(
            "case \"\(record.id)\": what \"\(name)\" says of \"\(feature.id)\" reads otherwise by the file of task \"\(task.name)\"; it was recorded under another"
          )
        }
      }
    }
    return record
  }

  private func recorded(_ record: Case, _ name: String) throws(ToolError) -> [String: Explanation]? {
    do throws(ToolError) {
      return try record.explanations(of: name)
    } catch {
      throw error.of(record)
    }
  }
}

extension ToolError {
  fileprivate func of(_ record: Case) -> ToolError {
    ToolError(status, "case \"\(record.id)\": \(message)", at: position)
  }
}
