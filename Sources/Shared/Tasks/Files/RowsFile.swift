import Cases
import Streams

// `rows` of a task file.
extension RowShape {
  /// The shape, and the further columns that are kept. What is a shape's name may also be `{"shape": name,
  /// "keep": […]}`.
  static func read(_ value: JSON, readout: ReadoutTemplate) throws(ToolError) -> (RowShape, keep: [String]) {
    if value["shape"] == nil, value.object != nil, readout.answers == nil { throw withoutOptions }
    let shape: RowShape
    var keep: [String] = []
    if let name = value.string {
      shape = try RowShape(named: name, path: "rows")
    } else {
      let isNamed = value["shape"] != nil
      let rows = try KeyedObject(
        value, path: "rows",
        keys: isNamed ? ["shape", "keep"] : ["fields", "answer", "answer_names", "keep"])
      shape =
        isNamed
        ? try RowShape(named: rows.string("shape"), path: rows.path(of: "shape"))
        : .columns(try RowColumns(rows, answers: readout.answers ?? []))
      if rows.value("keep") != nil { keep = try rows.strings("keep") }
    }
    if readout.answers == nil, shape != .question { throw withoutOptions }
    return (shape, keep)
  }

  private static var withoutOptions: ToolError {
    KeyedObject.error("readout.choices", "only rows of \"question\" have options")
  }

  private init(named name: String, path: String) throws(ToolError) {
    switch name {
    case "question": self = .question
    case "post": self = .post
    case "request": self = .request
    default:
      throw KeyedObject.error(
        path,
        "is \"\(name)\", expected question, post, request, or an object that names columns (fields, answer)")
    }
  }
}

extension RowColumns {
  fileprivate init(_ rows: KeyedObject, answers: [String]) throws(ToolError) {
    let fields = try rows.strings("fields")
    for field in fields where Paragraph("{\(field)}").fields != [field] {
      throw rows.error("fields", "\"\(field)\" is not a letter or _, and then letters, digits and _")
    }
    let answer = try rows.optionalString("answer")
    if let answer, fields.contains(answer) {
      throw rows.error("answer", "\"\(answer)\" is a field already; an answer must not be part of x")
    }
    self.init(
      main: fields[0], others: Array(fields.dropFirst()), answer: answer,
      answerNames: try Self.answerNames(rows, answers: answers, hasAnswer: answer != nil), answers: answers)
  }

  private static func answerNames(_ rows: KeyedObject, answers: [String], hasAnswer: Bool)
    throws(ToolError) -> [String: String]
  {
    guard let value = rows.value("answer_names") else { return [:] }
    guard hasAnswer else {
      throw rows.error("answer_names", "without \"answer\", the column that holds them")
    }
    let path = rows.path(of: "answer_names")
    let names = try KeyedObject(value, path: path, keys: value.object?.keys ?? [])
    var answerOfName: [String: String] = [:]
    for name in value.object?.keys ?? [] {
      let answer = try names.string(name)
      guard answers.contains(answer) else {
        throw names.error(name, "\"\(answer)\" is none of the answers (\(answers.joined(separator: ", ")))")
      }
      answerOfName[name] = answer
    }
    return answerOfName
  }
}
