import Streams

/// Choices with labels of their own: `{"text": […], "label": […]}`, `[{"text", "label"}, …]` or `{"A": …,
/// "B": …}`.
struct LabelledChoices {
  var labels: [String]
  var texts: [String]

  /// nil for a column that is no such list.
  init?(_ row: SourceRow, _ column: SourceRow.Column) throws(ToolError) {
    guard let value = try row.structure(column) else { return nil }
    if let texts = value["text"]?.array, let labels = value["label"]?.array {
      self.labels = try Self.texts(labels, row, column)
      self.texts = try Self.texts(texts, row, column)
    } else if let list = value.array, list.contains(where: { $0.object != nil }) {
      labels = try Self.texts(list.map { $0["label"] ?? .null }, row, column)
      texts = try Self.texts(list.map { $0["text"] ?? .null }, row, column)
    } else if let object = value.object, let keys = Self.orderedLabels(object.keys) {
      labels = keys
      texts = try Self.texts(keys.map { object[$0] ?? .null }, row, column)
    } else {
      return nil
    }
    guard labels.count == texts.count else {
      throw row.error("\(labels.count) labels for \(texts.count) choices", at: column)
    }
    guard texts.count >= 2 else {
      throw row.error("\(texts.count) choices, expected two or more", at: column)
    }
  }

  /// Keys that are letters from A or a, or numbers from 0 or 1, in that order, which an object need not keep;
  /// nil for any others.
  private static func orderedLabels(_ keys: [String]) -> [String]? {
    let letters = (0..<min(keys.count, 26)).compactMap { UnicodeScalar(65 + $0).map(String.init) }
    let series = [
      letters, letters.map { $0.lowercased() }, keys.indices.map { String($0) },
      keys.indices.map { String($0 + 1) },
    ]
    return series.first { Set($0) == Set(keys) }
  }

  /// Every one of them: a label or a text that is left out would move the others.
  private static func texts(
    _ list: [JSON], _ row: SourceRow, _ column: SourceRow.Column
  ) throws(ToolError) -> [String] {
    var texts: [String] = []
    for element in list {
      guard let text = element.choiceText else {
        throw row.error("a choice without \"text\" and \"label\"", at: column)
      }
      texts.append(text)
    }
    return texts
  }
}
