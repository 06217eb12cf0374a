/// What a task reads of a data set's rows: a shape that public data sets have, or columns that the task names.
public enum RowShape: Equatable, Sendable {
  /// Questions with options.
  case question
  /// Posts that ask for a verdict.
  case post
  /// Requests to an assistant.
  case request
  /// Columns of the task's own.
  case columns(RowColumns)

  /// What a task's prompt can name; the first is the main one.
  public var fields: [String] {
    switch self {
    case .question: ["question", "options"]
    case .post: ["post", "title"]
    case .request: ["request"]
    case .columns(let columns): [columns.main] + columns.others
    }
  }

  /// The field that every row must have, and in which features are looked for.
  public var mainField: String {
    switch self {
    case .question: "question"
    case .post: "post"
    case .request: "request"
    case .columns(let columns): columns.main
    }
  }
}

/// The columns that a task reads, each a field of its prompt.
public struct RowColumns: Equatable, Sendable {
  /// The column that every row must have.
  public var main: String
  /// Columns that a row, or a whole file, may lack.
  public var others: [String]
  /// The column that holds the reference answer; nil where the data have none.
  public var answer: String?
  /// What that column may say besides an answer itself, and the answer that it stands for.
  public var answerNames: [String: String]
  /// The answers that the task knows.
  public var answers: [String]

  /// Columns by their names; `answerNames` maps what the answer column says to one of `answers`.
  public init(
    main: String, others: [String] = [], answer: String? = nil, answerNames: [String: String] = [:],
    answers: [String]
  ) {
    self.main = main
    self.others = others
    self.answer = answer
    self.answerNames = answerNames
    self.answers = answers
  }
}
