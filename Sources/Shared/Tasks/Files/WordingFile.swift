import Streams

// `features`, `classifier` and `explanation` of a task file.
extension FeatureKind {
  static func read(_ file: KeyedObject) throws(ToolError) -> [FeatureKind] {
    var kinds: [FeatureKind] = []
    for (path, value) in try file.elements("features") {
      let kind = try FeatureKind(value, path: path, hasSystem: file.value("system") != nil)
      guard !kinds.contains(where: { $0.name == kind.name }) else {
        throw KeyedObject.error(path, "the kind \"\(kind.name)\" is there twice")
      }
      guard kind.source != .inserted || !kinds.contains(where: { $0.source == .inserted }) else {
        throw KeyedObject.error(path, "a second kind that is inserted; a task has one")
      }
      kinds.append(kind)
    }
    guard kinds.contains(where: \.isDefault) else {
      throw file.error("features", "none of them is a default")
    }
    return kinds
  }

  private init(_ value: JSON, path: String, hasSystem: Bool) throws(ToolError) {
    let all = ["kind", "find", "in", "default", "words", "prefer_named"]
    let find = try KeyedObject(value, path: path, keys: all).string("find")
    let keys: [String: [String]] = ["words": all, "inserted": ["kind", "find", "default"]]
    let kind = try KeyedObject(value, path: path, keys: keys[find] ?? ["kind", "find", "in", "default"])
    name = try TaskDefinition.name(kind.string("kind"), path: kind.path(of: "kind"))
    // Ids are the name and a number.
    guard name.utf8.last.map({ !(0x30...0x39).contains($0) }) ?? false else {
      throw kind.error("kind", "\"\(name)\" ends with a digit")
    }
    isDefault = try kind.bool("default", default: true)
    isInSystem = try Self.isInSystem(kind, hasSystem: hasSystem)
    switch find {
    case "inserted": source = .inserted
    case "sentences": source = .sentences
    case "phrases": source = .phrases
    case "words":
      source = .words(
        try Self.words(kind), preferNamed: try kind.bool("prefer_named", default: false) && !isInSystem)
    case "whole":
      guard isInSystem else { throw kind.error("in", "missing: only \"system\" can be found whole") }
      source = .whole
    default:
      throw kind.error("find", "is \"\(find)\", expected inserted, sentences, phrases, words or whole")
    }
  }

  /// Whether features are looked for in the system message, which then must be there.
  private static func isInSystem(_ kind: KeyedObject, hasSystem: Bool) throws(ToolError) -> Bool {
    guard let place = try kind.optionalString("in") else { return false }
    guard place == "system" else { throw kind.error("in", "is \"\(place)\", expected system") }
    guard hasSystem else { throw kind.error("in", "the task has no system message") }
    return true
  }

  private static func words(_ kind: KeyedObject) throws(ToolError) -> Set<String> {
    var words: Set<String> = []
    for (path, value) in try kind.elements("words") {
      let word = try KeyedObject.string(value, path: path).lowercased()
      guard !word.contains(where: \.isWhitespace) else {
        throw KeyedObject.error(path, "\"\(word)\" is more than one word")
      }
      guard words.insert(word).inserted else { throw KeyedObject.error(path, "\"\(word)\" is there twice") }
    }
    return words
  }
}

extension PhraseClassifier {
  init(_ value: JSON, path: String) throws(ToolError) {
    let classifier = try KeyedObject(value, path: path, keys: ["rules", "otherwise"])
    var rules: [Rule] = []
    for (path, value) in try classifier.elements("rules") { rules.append(try Rule(value, path: path)) }
    self.rules = rules
    otherwise = try classifier.string("otherwise")
    guard answers.count >= 2 else {
      throw KeyedObject.error(path, "its only answer is \"\(otherwise)\", expected two or more")
    }
    if let bad = answers.first(where: { $0.contains("<<<") || $0.contains(">>>") }) {
      throw KeyedObject.error(
        path, "the answer \"\(bad)\" holds <<< or >>>, which end an answer in explanations")
    }
  }
}

extension PhraseClassifier.Rule {
  fileprivate init(_ value: JSON, path: String) throws(ToolError) {
    let rule = try KeyedObject(value, path: path, keys: ["answer", "sentences", "begins", "says"])
    answer = try rule.string("answer")
    begins = rule.value("begins") != nil
    guard begins != (rule.value("says") != nil) else {
      throw KeyedObject.error(path, "expected one of begins and says")
    }
    // What a text begins with, unless more sentences are to be looked at.
    sentences = try rule.optionalCount("sentences") ?? (begins ? 1 : nil)
    var phrases: [[String]] = []
    for (path, value) in try rule.elements(begins ? "begins" : "says") {
      let text = try KeyedObject.string(value, path: path)
      let words = PhraseWords.split(text)
      guard !words.isEmpty else { throw KeyedObject.error(path, "\"\(text)\" has no words") }
      phrases.append(words)
    }
    self.phrases = phrases
  }
}

extension ExplanationTemplates {
  init(_ value: JSON) throws(ToolError) {
    let explanation = try KeyedObject(
      value, path: "explanation", keys: ["question", "unchanged", "changed", "words"])
    let standard = Self.standard
    question = try explanation.optionalString("question") ?? standard.question
    unchanged = try explanation.optionalString("unchanged") ?? standard.unchanged
    changed = try explanation.optionalString("changed") ?? standard.changed
    words = try explanation.optionalStrings("words")
    for (answer, text) in words where text.contains("<<<") {
      throw explanation.error("words.\(answer)", "holds <<<, which begins an answer in explanations")
    }
    let fields = Paragraph(question).fields
    guard ["feature", "feature options"].contains(fields.sorted().joined(separator: " ")) else {
      throw explanation.error(
        "question", "must hold {feature} once, perhaps {options} once, and nothing else in braces")
    }
    for (key, template) in [("unchanged", unchanged), ("changed", changed)] {
      let mark = template.firstRange(of: Self.answerMark)
      // The first "<<<" is where an answer is read from.
      guard Set(Paragraph(template).fields).isSubset(of: ["answer", "words"]), let mark,
        template.firstRange(of: "<<<")?.lowerBound == mark.lowerBound
      else {
        throw explanation.error(
          key,
          "must hold \(Self.answerMark), no other <<< before it, and no names in braces but answer and words")
      }
    }
    guard Self.lead(unchanged) != Self.lead(changed) else {
      throw explanation.error("changed", "begins as \"unchanged\" does; the words before <<< tell them apart")
    }
  }
}
