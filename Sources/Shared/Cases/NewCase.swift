import Streams

/// Where a case came from: `source` of the record.
public struct CaseSource: Equatable, Sendable {
  /// Short name of the data set, for example `mmlu`.
  public var dataset: String
  /// File name without its folder.
  public var file: String
  /// From 0, header not counted.
  public var row: Int
  /// The hash that splits and clusters.
  public var item: ItemHash

  /// Where a row stood, and the hash of its item's text.
  public init(dataset: String, file: String, row: Int, item: ItemHash) {
    self.dataset = dataset
    self.file = file
    self.row = row
    self.item = item
  }

  var json: JSON {
    ["dataset": .string(dataset), "file": .string(file), "row": .integer(row), "item": .string(item.hex)]
  }
}

extension Case {
  /// A new case, with the keys in the order of the contract and the split that the item's hash decides.
  /// Nothing is checked here: what is written is checked where it is read.
  /// - Parameter row: the columns of its row that it keeps; without any, the record has no such key.
  public init(
    id: String, task: String, source: CaseSource, messages: [Message], readout: Readout, features: [Feature],
    reference: JSONObject?, row: JSONObject = [:]
  ) {
    let split = Split.of(itemHash: source.item)
    var json: JSONObject = [
      "schema": .string(Case.schema), "id": .string(id), "task": .string(task),
      "split": .string(split.rawValue), "source": source.json,
      "messages": .array(messages.map(\.json)), "readout": readout.json,
      "features": .array(features.map(\.json)),
    ]
    if let reference { json["reference"] = .object(reference) }
    if !row.isEmpty { json["row"] = .object(row) }
    self.init(
      id: id, task: task, split: split, sourceItem: source.item.hex, messages: messages, readout: readout,
      features: features, json: json)
  }
}
