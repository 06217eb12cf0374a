import Cases
import Streams

/// MMLU as hendrycks/test publishes it: no header, six columns: question, four options, the answer's letter.
struct MMLU: DataFormat {
  let description = FormatDescription(
    name: "mmlu", shape: .question,
    summary: "CSV without a header: question, A, B, C, D, answer letter")

  var hasHeader: Bool { false }

  func recognizes(_ head: FileHead) -> Bool {
    guard let cells = head.cells, cells.count == 6 else { return false }
    return Self.letters.contains(cells[5].trimmed)
  }

  func content(of row: SourceRow) throws(ToolError) -> RowContent {
    let cells = row.cells
    guard cells.count == 6 else {
      let place = cells.count > 6 ? cells[6] : cells.last
      throw row.error("a row of \(cells.count) fields, expected 6", at: place)
    }
    let texts = cells.map { $0.value.string ?? "" }
    guard !texts[0].trimmed.isEmpty else { throw row.error("the question is blank", at: cells[0]) }
    guard let answer = Self.letters.firstIndex(of: texts[5].trimmed) else {
      throw row.error("the answer is not a letter from A to D", at: cells[5])
    }
    return .item(
      .multipleChoice(.init(question: texts[0], choices: Array(texts[1...4]), answer: answer)))
  }

  private static let letters = ["A", "B", "C", "D"]
}
