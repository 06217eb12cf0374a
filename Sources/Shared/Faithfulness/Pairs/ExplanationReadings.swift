import Cases
import Streams
import Tasks

/// Holds what is recorded of explanations against the task files: a stream that was explained under other templates
/// than those that are given now is found before it is scored.
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

  /// Checks the explanations that a case holds. Those of built-in tasks, whose templates are fixed, are taken as they
  /// are.
  /// - Throws: `ToolError` (65) where the task is neither built in nor of a file, or where a text reads otherwise by its
  ///   task file than is recorded.
  public func check(_ record: Case) throws(ToolError) {
    let task = try tasks.task(of: record)
    guard tasks.isFromFile(task) else { return }
    for name in explainers {
      guard let explanations = try recorded(record, name) else { continue }
      for feature in record.features {
        guard let explanation = explanations[feature.id] else { continue }
        guard task.parseExplanation(explanation.text, answers: record.readout.answers) == explanation else {
          throw .badData(
            "case \"\(record.id)\": what \"\(name)\" says of \"\(feature.id)\" reads otherwise by the file of task \"\(task.name)\"; it was recorded under another"
          )
        }
      }
    }
  }

  private func recorded(_ record: Case, _ name: String) throws(ToolError) -> [String: Explanation]? {
    do throws(ToolError) {
      return try record.explanations(of: name)
    } catch {
      throw ToolError(error.status, "case \"\(record.id)\": \(error.message)", at: error.position)
    }
  }
}
