import Streams

// `behaviors`: what checkpoints did, one entry a NAME, kept side by side.
extension Case {
  /// The names under `behaviors`, in order.
  public var behaviorNames: [String] { json["behaviors"]?.object?.keys ?? [] }

  /// What checkpoint NAME did on x and on every x∖C; nil where it has not labelled this case. Throws
  /// `ToolError` (65) where the record has another shape, lacks a feature, or holds an answer that the
  /// readout cannot give.
  public func behavior(of name: String) throws(ToolError) -> CaseBehavior? {
    guard let behaviors = json["behaviors"]?.object, behaviors[name] != nil else { return nil }
    return try within("behaviors[\"\(name)\"]") { () throws(ToolError) in
      let record = try behaviors.object(name)
      var model: ModelIdentity?
      if let identity = try record.optionalObject("model") {
        model = try within("model") { () throws(ToolError) in try ModelIdentity(json: identity) }
      }
      let original = try behavior(at: "original", in: record)
      let counterfactuals = try record.optionalObject("counterfactual") ?? JSONObject()
      var counterfactual: [String: Behavior] = [:]
      for feature in features {
        counterfactual[feature.id] = try within("counterfactual") { () throws(ToolError) in
          try behavior(at: feature.id, in: counterfactuals)
        }
      }
      return CaseBehavior(model: model, original: original, counterfactual: counterfactual)
    }
  }

  private func behavior(at key: String, in record: JSONObject) throws(ToolError) -> Behavior {
    let value = try record.object(key)
    return try within(key) { () throws(ToolError) in try Behavior(json: value, readout: readout) }
  }

  /// Writes what checkpoint NAME did, in place of an earlier entry of that name.
  public mutating func setBehavior(_ behavior: CaseBehavior, of name: String) {
    var counterfactual = JSONObject()
    for feature in features {
      if let value = behavior.counterfactual[feature.id] { counterfactual[feature.id] = value.json }
    }
    var record = JSONObject()
    record["model"] = behavior.model?.json ?? .null
    record["original"] = behavior.original.json
    record["counterfactual"] = .object(counterfactual)
    var behaviors = json["behaviors"]?.object ?? JSONObject()
    behaviors[name] = .object(record)
    json["behaviors"] = .object(behaviors)
  }
}

extension Behavior {
  /// Reads one behaviour of a readout; throws `ToolError` (65) for another shape or an answer it cannot give.
  init(json: JSONObject, readout: Readout) throws(ToolError) {
    let answer = try json.string("answer")
    guard readout.answers.containsExactly(answer) else {
      let known = readout.answers.joined(separator: ", ")
      throw .badData("answer is \"\(answer)\", expected one of \(known)")
    }
    switch readout {
    case .choice(_, let choices, _):
      var scores: [ChoiceScore]?
      if let values = try json.optionalObject("logprobs") {
        scores = try within("logprobs") { () throws(ToolError) in
          try ChoiceScore.read(choices, in: values, mayLack: true)
        }
      }
      self.init(answer: answer, scores: scores)
    case .generate:
      let tokens = try json.integer("tokens")
      guard tokens >= 0 else { throw .badData("tokens is \(tokens), expected a count") }
      let finishName = try json.string("finish")
      guard let finish = Finish(rawValue: finishName) else {
        throw .badData("finish is \"\(finishName)\", expected stop or length")
      }
      let generation = Generation(text: try json.string("text"), tokens: tokens, finish: finish)
      self.init(answer: answer, generation: generation)
    }
  }

  var json: JSON {
    var object: JSONObject = ["answer": .string(answer)]
    if let generation {
      object["text"] = .string(generation.text)
      object["tokens"] = .integer(generation.tokens)
      object["finish"] = .string(generation.finish.rawValue)
    } else {
      object["logprobs"] = scores.map(ChoiceScore.json(of:)) ?? .null
    }
    return .object(object)
  }

}

extension Behavior.ChoiceScore {
  /// `logprobs`: a number for every choice. Throws `ToolError` (65) where one is missing or no number.
  /// - Parameter mayLack: whether null, an unknown log-probability, will do.
  static func read(_ choices: [String], in values: JSONObject, mayLack: Bool = false) throws(ToolError)
    -> [Self]
  {
    var scores: [Self] = []
    for choice in choices {
      let value = try values.required(choice)
      guard value.number != nil || (mayLack && value.isNull) else {
        throw .badData("key \"\(choice)\" is \(value.typeWithArticle), expected a number")
      }
      scores.append(Self(choice: choice, logProbability: value.number))
    }
    return scores
  }

  static func json(of scores: [Self]) -> JSON {
    var object = JSONObject()
    for score in scores { object[score.choice] = score.logProbability.map { .real($0) } ?? .null }
    return .object(object)
  }
}

extension ModelIdentity {
  init(json: JSONObject) throws(ToolError) {
    name = try json.string("name")
    // Other tools may know a name alone.
    fingerprint = try json.optionalString("fingerprint") ?? ""
    adapter = try json.optionalString("adapter")
    chatTemplate = try json.optionalString("chat_template") ?? ""
  }

  var json: JSON {
    [
      "name": .string(name), "fingerprint": .string(fingerprint),
      "adapter": adapter.map { .string($0) } ?? .null, "chat_template": .string(chatTemplate),
    ]
  }
}
