import Streams

/// Choices with labels of their own: `{"text": […], "label": […]}` or `[{"text", "label"}, …]`.
struct LabelledChoices {
  var labels: [String]
  var texts: [String]

  /// nil for a column that is no such list.
  init?(_ row: SourceRow, _ column: SourceRow.Column) throws(ToolError) {
    guard let value = try row.structure(column) else { return nil }
    if let texts = value["text"]?.array, let labels = value["label"]?.array {
      self.labels = labels.compactMap(\.string)
      self.texts = texts.compactMap(\.string)
    } else if let list = value.array, list.contains(where: { $0.object != nil }) {
      labels = list.compactMap { $0["label"]?.string }
      texts = list.compactMap { $0["text"]?.string }
    } else {
      return nil
    }
    guard labels.count == texts.count, texts.count >= 2 else {
      throw row.error("\(labels.count) labels for \(texts.count) choices, expected two or more", at: column)
    }
  }
}
