import Streams

// `explanations`: what checkpoints said about themselves, one entry a NAME, kept side by side.
extension Case {
  /// The names under `explanations`, in order.
  public var explanationNames: [String] { json["explanations"]?.object?.keys ?? [] }

  /// What checkpoint NAME said, by feature id; nil where it has not explained this case. A feature without an
  /// explanation is left out. Throws `ToolError` (65) where the record has another shape, or holds an answer
  /// that the readout cannot give.
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

extension Case {
  /// Reads what explanations of NAME state where their text alone is recorded, as another tool may do, and
  /// writes it beside the text. Throws `ToolError` (65) where the record has another shape.
  public mutating func readExplanations(of name: String, by parse: (String) -> Explanation) throws(ToolError)
  {
    guard var records = json["explanations"]?.object, let value = records[name] else { return }
    guard var record = value.object else { return }
    for feature in features {
      guard var entry = record[feature.id]?.object, entry["changed"] == nil, entry["answer"] == nil,
        let text = try within(
          "explanations[\"\(name)\"]: \(feature.id)",
          { () throws(ToolError) in
            try entry.optionalString("text")
          })
      else { continue }
      let stated = parse(text)
      entry["changed"] = stated.changed.map { .bool($0) } ?? .null
      entry["answer"] = stated.answer.map { .string($0) } ?? .null
      record[feature.id] = .object(entry)
    }
    records[name] = .object(record)
    json["explanations"] = .object(records)
  }
}

extension Explanation {
  init(json: JSONObject, answers: [String]) throws(ToolError) {
    text = try json.optionalString("text")
    changed = try json.optionalBool("changed")
    answer = try json.optionalString("answer")
    if text == nil {
      // What it states is enough, but then both halves of it; null where it states nothing.
      guard json["answer"] != nil || json["changed"] != nil else { throw .badData("missing key \"text\"") }
      for key in ["answer", "changed"] where json[key] == nil {
        throw .badData("missing key \"\(key)\"")
      }
    }
    if let values = try json.optionalObject("logprobs") {
      scores = try within("logprobs") { () throws(ToolError) in
        try Behavior.ChoiceScore.read(answers, in: values)
      }
    }
    if let answer, !answers.containsExactly(answer) {
      let known = answers.joined(separator: ", ")
      throw .badData("answer is \"\(answer)\", expected null or one of \(known)")
    }
  }

  var json: JSON {
    var object: JSONObject = [
      "text": text.map { .string($0) } ?? .null, "changed": changed.map { .bool($0) } ?? .null,
      "answer": answer.map { .string($0) } ?? .null,
    ]
    if let scores { object["logprobs"] = Behavior.ChoiceScore.json(of: scores) }
    return .object(object)
  }
}
