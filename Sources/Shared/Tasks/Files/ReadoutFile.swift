import Cases
import Streams

// `readout` of a task file.
extension ReadoutTemplate {
  init(_ value: JSON, classifier: PhraseClassifier?) throws(ToolError) {
    let all = ["kind", "prefill", "choices", "delimiter", "score", "max_bytes", "max_tokens"]
    let path = "readout"
    let kind = try KeyedObject(value, path: path, keys: all)
    switch try kind.string("kind") {
    case "choice":
      if classifier != nil { throw KeyedObject.error("classifier", "only a generate readout has one") }
      let keys = all.filter { $0 != "max_tokens" && ($0 != "max_bytes" || kind.value("choices") == "texts") }
      try self.init(choice: KeyedObject(value, path: path, keys: keys))
    case "generate":
      guard let classifier else { throw KeyedObject.error("classifier", "missing, for a generate readout") }
      let readout = try KeyedObject(value, path: path, keys: ["kind", "prefill", "max_tokens"])
      guard let maximumTokens = try readout.optionalCount("max_tokens") else {
        throw readout.error("max_tokens", "missing")
      }
      guard maximumTokens <= Readout.tokenLimit else {
        throw readout.error("max_tokens", "is \(maximumTokens), expected at most \(Readout.tokenLimit)")
      }
      self = .fixed(
        .generate(
          prefill: try readout.optionalString("prefill") ?? "", maximumTokens: maximumTokens,
          answers: classifier.answers))
    case let name: throw kind.error("kind", "is \"\(name)\", expected choice or generate")
    }
  }

  private init(choice readout: KeyedObject) throws(ToolError) {
    let prefill = try readout.optionalString("prefill") ?? ""
    // A text goes on from the prefill as the next word would.
    let usual = readout.value("choices") == "texts" ? " " : ""
    var reading = ChoiceReading(delimiter: try readout.optionalString("delimiter") ?? usual)
    if let name = try readout.optionalString("score") {
      guard let score = ChoiceReading.Score(rawValue: name) else {
        throw readout.error("score", "is \"\(name)\", expected sum or mean")
      }
      reading.score = score
    }
    switch try readout.required("choices") {
    case "letters": self = .letters(prefill: prefill, reading: reading)
    case "texts":
      self = .texts(prefill: prefill, reading: reading, longest: try readout.optionalCount("max_bytes"))
    default:
      self = .fixed(.choice(prefill: prefill, choices: try Self.choices(readout), reading: reading))
    }
  }

  private static func choices(_ readout: KeyedObject) throws(ToolError) -> [String] {
    if try readout.required("choices").string != nil {
      throw readout.error("choices", "expected a list of answers, \"letters\" or \"texts\"")
    }
    let answers = try readout.strings("choices")
    guard answers.count >= 2 else { throw readout.error("choices", "1 answer, expected two or more") }
    if let bad = answers.first(where: { $0.contains("<<<") || $0.contains(">>>") }) {
      throw readout.error("choices", "\"\(bad)\" holds <<< or >>>, which end an answer in explanations")
    }
    return answers
  }
}
