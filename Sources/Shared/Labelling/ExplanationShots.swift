import Cases
import Streams

/// Labelled explanations that stand before an explanation question as earlier turns (few-shot): the fair
/// baseline of a checkpoint that was not trained to explain.
///
/// All cases of a task get the same shots, so that the tokens of these are computed once a pack.
public struct ExplanationShots: Sendable {
  /// One labelled explanation.
  struct Shot: Sendable {
    /// The case's id.
    var id: String
    /// What the case shares with others of its source item; see `item(of:)`.
    var item: String
    /// E(M, x, C).
    var label: ExplanationLabel
    /// The explanation question about the feature, as it is asked of a case.
    var question: [Message]
    /// The label in the task's words.
    var explanation: String
  }

  /// The shots of each task, in their order.
  private let shots: [String: [Shot]]

  init(_ shots: [String: [Shot]]) { self.shots = shots }

  /// The prompt of an explanation question with the shots before it: the system message that all have in
  /// common, then a turn of the user and one of the assistant for each shot, then the question. A chat has
  /// one system message, so where theirs differ, as they do where the feature is part of them, each stands at
  /// the start of its own turn of the user, that of the question too.
  ///
  /// Throws `ToolError` (65) where the case's task has no shots, or the case is of the item of a shot.
  func prompt(before question: [Message], of record: Case) throws(ToolError) -> [Message] {
    guard let shots = shots[record.task] else {
      throw .badData("case \"\(record.id)\": no shots of the task \"\(record.task)\"")
    }
    let item = Self.item(of: record)
    if let shot = shots.first(where: { $0.item == item }) {
      throw .badData("case \"\(record.id)\" is of the same item as the shot \"\(shot.id)\"")
    }
    let system = Self.system(of: question)
    let isCommon = shots.allSatisfy { Self.system(of: $0.question) == system }
    func turns(_ question: [Message]) -> [Message] {
      isCommon ? Array(question.dropFirst(system.count)) : Self.withSystemInTurn(question)
    }
    let examples = shots.flatMap { shot in
      turns(shot.question) + [Message(role: "assistant", content: shot.explanation)]
    }
    return (isCommon ? system : []) + examples + turns(question)
  }

  private static func system(of question: [Message]) -> [Message] {
    Array(question.prefix { $0.role == "system" })
  }

  /// The question with its system message, and a blank line, at the start of its first turn.
  private static func withSystemInTurn(_ question: [Message]) -> [Message] {
    let system = system(of: question)
    var turns = Array(question.dropFirst(system.count))
    let text = system.map(\.content).joined(separator: "\n\n")
    guard !text.isEmpty else { return turns }
    if turns.first?.role == "user" {
      turns[0].content = text + "\n\n" + turns[0].content
    } else {
      turns.insert(Message(role: "user", content: text), at: 0)
    }
    return turns
  }

  /// The source item, which cases share that must not explain each other; a case that has none is one of its
  /// own.
  static func item(of record: Case) -> String {
    record.sourceItem.map { "item \($0)" } ?? "case \(record.id)"
  }

  /// The cases of the shots by task, in their order, for manifests.
  public var ids: JSONObject {
    var ids = JSONObject()
    for (task, shots) in shots.sorted(by: { $0.key < $1.key }) {
      ids[task] = .array(shots.map { .string($0.id) })
    }
    return ids
  }
}
