import Streams

/// How a behaviour B(M, x) is read from a checkpoint.
public enum Readout: Equatable, Sendable {
  /// The log-probability of each choice after the prompt and `prefill`; the answer is the arg max of what
  /// `reading` makes of them, ties to the first.
  case choice(prefill: String, choices: [String], reading: ChoiceReading = ChoiceReading())
  /// Greedy text of at most `maximumTokens` tokens after the prompt and `prefill`, classified by the task into
  /// one of `answers`.
  case generate(prefill: String, maximumTokens: Int, answers: [String])

  /// The start of the assistant's turn, given and not scored.
  public var prefill: String {
    switch self {
    case .choice(let prefill, _, _), .generate(let prefill, _, _): prefill
    }
  }

  /// Every answer that a behaviour or an explanation can state.
  public var answers: [String] {
    switch self {
    case .choice(_, let choices, _): choices
    case .generate(_, _, let answers): answers
    }
  }

  /// What follows the prefill where an answer is given in so many words: what is scored of a choice, and
  /// trained, byte for byte.
  public func completion(of answer: String) -> String {
    switch self {
    case .choice(_, _, let reading): reading.delimiter + answer
    case .generate: answer
    }
  }

  /// The answer that the choices' log-probabilities come to, the first of equals; nil without any.
  public func answer(by scores: [Behavior.ChoiceScore]) -> String? {
    guard case .choice(_, _, let reading) = self, let first = scores.first else { return nil }
    return scores.dropFirst().reduce(first) { reading.value(of: $1) > reading.value(of: $0) ? $1 : $0 }.choice
  }
}

extension Readout {
  /// What a `generate` readout's answers are where the record names none.
  public static let generatedAnswers = ["refuse", "comply"]

  /// More tokens than any checkpoint's context has.
  public static let tokenLimit = 1 << 30

  /// Reads `readout`; throws `ToolError` (65) for an unknown kind or score, no choices, or choices that are
  /// empty or repeated.
  init(json: JSONObject) throws(ToolError) {
    let prefill = try json.optionalString("prefill") ?? ""
    switch try json.string("kind") {
    case "choice":
      self = .choice(
        prefill: prefill, choices: try Readout.answers(in: json.array("choices"), called: "choices"),
        reading: try ChoiceReading(json: json))
    case "generate":
      let maximumTokens = try json.integer("max_tokens")
      guard maximumTokens >= 1 else { throw .badData("max_tokens is \(maximumTokens), expected at least 1") }
      guard maximumTokens <= Readout.tokenLimit else {
        throw .badData("max_tokens is \(maximumTokens), expected at most \(Readout.tokenLimit)")
      }
      var answers = Readout.generatedAnswers
      if let named = json["answers"], !named.isNull {
        answers = try Readout.answers(in: json.array("answers"), called: "answers")
      }
      self = .generate(prefill: prefill, maximumTokens: maximumTokens, answers: answers)
    case let kind:
      throw .badData("kind is \"\(kind)\", expected choice or generate")
    }
  }

  private static func answers(in values: [JSON], called name: String) throws(ToolError) -> [String] {
    guard !values.isEmpty else { throw .badData("no \(name)") }
    var answers: [String] = []
    for value in values {
      guard let answer = value.string else {
        throw .badData("\(name) hold \(value.typeWithArticle), expected strings")
      }
      guard !answer.isEmpty else { throw .badData("\(name) hold an empty string") }
      guard !answers.contains(answer) else { throw .badData("\(name) hold \"\(answer)\" twice") }
      answers.append(answer)
    }
    return answers
  }

  /// The record's form, with `delimiter`, `score` and the answers of `generate` only where they are not the
  /// default.
  var json: JSON {
    var object: JSONObject
    switch self {
    case .choice(let prefill, let choices, let reading):
      object = [
        "kind": "choice", "prefill": .string(prefill), "choices": .array(choices.map { .string($0) }),
      ]
      if !reading.delimiter.isEmpty { object["delimiter"] = .string(reading.delimiter) }
      if reading.score != .sum { object["score"] = .string(reading.score.rawValue) }
    case .generate(let prefill, let maximumTokens, let answers):
      object = ["kind": "generate"]
      if !prefill.isEmpty { object["prefill"] = .string(prefill) }
      object["max_tokens"] = .integer(maximumTokens)
      if answers != Readout.generatedAnswers { object["answers"] = .array(answers.map { .string($0) }) }
    }
    return .object(object)
  }
}

extension ChoiceReading {
  /// Reads `delimiter` and `score` of a readout; throws `ToolError` (65) for an unknown score.
  init(json: JSONObject) throws(ToolError) {
    self.init(delimiter: try json.optionalString("delimiter") ?? "")
    guard let name = try json.optionalString("score") else { return }
    guard let score = Score(rawValue: name) else {
      throw .badData("score is \"\(name)\", expected sum or mean")
    }
    self.score = score
  }
}
