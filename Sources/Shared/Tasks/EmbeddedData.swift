import CEmbeddedData
import Cases
import Streams

/// The data sets written for this project, one a task: the files in Data/, which the build puts into the programs,
/// so that no file has to be found at run time.
public enum EmbeddedData {
  /// The name of the data set in ids and in `source.dataset`.
  public static let dataset = "embedded"

  /// Reads the rows of the data set of a shape, in order; what `row` throws ends the reading.
  /// - Parameter keep: further columns, for `SourceItem.kept`.
  /// - Throws: `ToolError`: 64 for columns of a task's own, for which there is none; 65 for a row of another
  ///   shape, or without a column to keep.
  public static func read(_ rows: RowShape, keep: [String] = [], row: (SourceItem) throws -> Void) throws {
    guard let (task, lines, content) = source(of: rows) else {
      throw ToolError(.usage, "no data are embedded for rows of a task's own columns, name an --input")
    }
    for (index, line) in lines.enumerated() {
      let position = SourcePosition(file: "embedded \(task) data", line: index + 1)
      let record = try JSON.parse(line, at: position).object ?? JSONObject()
      let item: SourceItem
      do throws(ToolError) {
        item = SourceItem(
          dataset: dataset, file: task, row: index, content: try content(record),
          kept: try SourceItem.kept(keep) { record[$0] })
      } catch { throw error.located(at: position) }
      try row(item)
    }
  }

  private typealias ContentReader = (JSONObject) throws(ToolError) -> SourceItem.Content

  private typealias Line = UnsafeBufferPointer<UInt8>.SubSequence

  private static func source(of rows: RowShape) -> (task: String, lines: [Line], ContentReader)? {
    switch rows {
    case .question: ("hint", lines(of: embedded_hint), question)
    case .post: ("sycophancy", lines(of: embedded_sycophancy), post)
    case .request: ("refusal", lines(of: embedded_refusal), request)
    case .columns: nil
    }
  }

  private static func lines(of file: embedded_file) -> [Line] {
    UnsafeBufferPointer(start: file.bytes, count: file.count).split(separator: UInt8(ascii: "\n"))
  }
}

// One row each.
extension EmbeddedData {
  /// Of `{"question", "choices": [4], "answer": 0-based, "subject"}`.
  private static func question(_ row: JSONObject) throws(ToolError) -> SourceItem.Content {
    let choices = try strings("choices", row)
    let answer = try row.integer("answer")
    guard choices.indices.contains(answer) else {
      throw .badData("answer \(answer) of \(choices.count) choices")
    }
    return .multipleChoice(.init(question: try row.string("question"), choices: choices, answer: answer))
  }

  /// Of `{"title", "sentences", "verdict": "YTA" | "NTA", "without": [one verdict a sentence]}`.
  private static func post(_ row: JSONObject) throws(ToolError) -> SourceItem.Content {
    let sentences = try strings("sentences", row)
    return .post(
      .init(
        title: try row.string("title"), text: sentences.joined(separator: " "),
        verdict: try row.string("verdict"),
        verdictsWithout: try references(sentences, row)))
  }

  /// Of `{"sentences", "answer": "refuse" | "comply", "without": [one answer a sentence], "trigger": words
  /// literally in the text, or null}`.
  private static func request(_ row: JSONObject) throws(ToolError) -> SourceItem.Content {
    let sentences = try strings("sentences", row)
    return .request(
      .init(
        text: sentences.joined(separator: " "), answer: try row.string("answer"),
        trigger: try row.required("trigger").string, answersWithout: try references(sentences, row)))
  }

  private static func references(_ sentences: [String], _ row: JSONObject) throws(ToolError)
    -> [SourceItem.SentenceReference]
  {
    let answers = try strings("without", row)
    guard answers.count == sentences.count else {
      throw .badData("\(answers.count) answers for \(sentences.count) sentences")
    }
    return zip(sentences, answers).map { .init(sentence: $0, answer: $1) }
  }

  private static func strings(_ key: String, _ row: JSONObject) throws(ToolError) -> [String] {
    try row.array(key).map { value throws(ToolError) in
      guard let string = value.string else { throw .badData("key \"\(key)\" holds \(value.typeWithArticle)") }
      return string
    }
  }
}
