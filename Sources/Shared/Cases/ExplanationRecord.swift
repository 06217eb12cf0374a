import Streams

// `explanations`: what checkpoints said about themselves, one entry a NAME, kept side by side.
extension Case {
  /// The names under `explanations`, in order.
  public var explanationNames: [String] { json["explanations"]?.object?.keys ?? [] }

  /// What checkpoint NAME said, by feature id; nil where it has not explained this case. A feature without an
  /// explanation is left out. Throws `ToolError` (65) where the record has another shape, or holds an answer that
  /// the readout cannot give.
  public func explanations(of name: String) throws(ToolError) -> [String: Explanation]? {
    guard let records = json["explanations"]?.object, records[name] != nil else { return nil }
    return try within("explanations[\"\(name)\"]") { () throws(ToolError) in
      let record = try records.object(name)
      var explanations: [String: Explanation] = [:]
      for feature in features where record[feature.id] != nil {
        let value = try record.object(feature.id)
        explanations[feature.id] = try within(feature.id) { () throws(ToolError) in
          try Explanation(json: value, answers: readout.answers)
        }
      }
      return explanations
    }
  }

  /// Writes what checkpoint NAME said, in place of an earlier entry of that name; nil removes that entry.
  public mutating func setExplanations(_ explanations: [String: Explanation]?, of name: String) {
    guard let explanations else {
      guard var records = json["explanations"]?.object, records[name] != nil else { return }
      records[name] = nil
      json["explanations"] = records.isEmpty ? nil : .object(records)
      return
    }
    var record = JSONObject()
    for feature in features {
      if let explanation = explanations[feature.id] { record[feature.id] = explanation.json }
    }
    var records = json["explanations"]?.object ?? JSONObject()
    records[name] = .object(record)
    json["explanations"] = .object(records)
  }
}

extension Explanation {
  init(json: JSONObject, answers: [String]) throws(ToolError) {
    text = try json.string("text")
    changed = try json.optionalBool("changed")
    answer = try json.optionalString("answer")
    if let answer, !answers.contains(answer) {
      let known = answers.joined(separator: ", ")
      throw .badData("answer is \"\(answer)\", expected null or one of \(known)")
    }
  }

  var json: JSON {
    [
      "text": .string(text), "changed": changed.map { .bool($0) } ?? .null,
      "answer": answer.map { .string($0) } ?? .null,
    ]
  }
}
