import Cases
import Streams

// `readout` and `rows` of a task file.
extension ReadoutTemplate {
  init(_ value: JSON, classifier: PhraseClassifier?) throws(ToolError) {
    let path = "readout"
    let kind = try KeyedObject(value, path: path, keys: ["kind", "prefill", "choices", "max_tokens"])
    let name = try kind.string("kind")
    let keys: [String]
    switch name {
    case "choice": keys = ["kind", "prefill", "choices"]
    case "generate": keys = ["kind", "prefill", "max_tokens"]
    default: throw kind.error("kind", "is \"\(name)\", expected choice or generate")
    }
    let readout = try KeyedObject(value, path: path, keys: keys)
    let prefill = try readout.optionalString("prefill") ?? ""
    if name == "choice" {
      if classifier != nil { throw KeyedObject.error("classifier", "only a generate readout has one") }
      if readout.value("choices") == "letters" {
        self = .letters(prefill: prefill)
      } else {
        self = .fixed(.choice(prefill: prefill, choices: try Self.choices(readout)))
      }
    } else {
      guard let classifier else { throw KeyedObject.error("classifier", "missing, for a generate readout") }
      guard let maxTokens = try readout.optionalCount("max_tokens") else {
        throw readout.error("max_tokens", "missing")
      }
      guard maxTokens <= Readout.tokenLimit else {
        throw readout.error("max_tokens", "is \(maxTokens), expected at most \(Readout.tokenLimit)")
      }
      self = .fixed(.generate(prefill: prefill, maxTokens: maxTokens, answers: classifier.answers))
    }
  }

  private static func choices(_ readout: KeyedObject) throws(ToolError) -> [String] {
    let choices = try readout.required("choices")
    if choices.string != nil { throw readout.error("choices", "expected a list of answers, or \"letters\"") }
    let answers = try readout.strings("choices")
    guard answers.count >= 2 else { throw readout.error("choices", "1 answer, expected two or more") }
    if let bad = answers.first(where: { $0.contains("<<<") || $0.contains(">>>") }) {
      throw readout.error("choices", "\"\(bad)\" holds <<< or >>>, which end an answer in explanations")
    }
    return answers
  }

  /// The answers, where they are the same for every row.
  var answers: [String]? {
    switch self {
    case .letters: nil
    case .fixed(let readout): readout.answers
    }
  }
}

extension RowShape {
  init(_ value: JSON, readout: ReadoutTemplate) throws(ToolError) {
    if case .letters = readout, value != "question" {
      throw KeyedObject.error("readout.choices", "only rows of \"question\" have letters")
    }
    if let name = value.string {
      switch name {
      case "question": self = .question
      case "post": self = .post
      case "request": self = .request
      default:
        throw KeyedObject.error(
          "rows",
          "is \"\(name)\", expected question, post, request, or an object that names columns (fields, answer)"
        )
      }
      return
    }
    let rows = try KeyedObject(value, path: "rows", keys: ["fields", "answer", "answer_names"])
    let fields = try rows.strings("fields")
    for field in fields where Paragraph("{\(field)}").fields != [field] {
      throw rows.error("fields", "\"\(field)\" is not a letter or _, and then letters, digits and _")
    }
    let answer = try rows.optionalString("answer")
    if let answer, fields.contains(answer) {
      throw rows.error("answer", "\"\(answer)\" is a field already; an answer must not be part of x")
    }
    let answers = readout.answers ?? []
    self = .columns(
      RowColumns(
        main: fields[0], others: Array(fields.dropFirst()), answer: answer,
        answerNames: try Self.answerNames(rows, answers: answers, hasAnswer: answer != nil),
        answers: answers))
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
