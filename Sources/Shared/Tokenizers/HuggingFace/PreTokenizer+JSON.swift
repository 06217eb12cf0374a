import Streams

/// The `pre_tokenizer` of tokenizer.json.
extension PreTokenizer {
  /// The rules that a description stands for. Throws `ToolError` (65) naming what is not known.
  init(json: JSON) throws(ToolError) {
    let steps = Self.steps(json)
    // The step that turns bytes into the vocabulary's alphabet comes last, and only once.
    guard let last = steps.last, last["type"]?.string == "ByteLevel", last["add_prefix_space"]?.bool != true
    else { throw Self.unknown(json) }
    var rules: [Rule] = []
    for step in steps.dropLast() { rules.append(try Self.rule(step)) }
    if last["use_regex"]?.bool ?? true { rules.append(.gpt2) }
    self.init(rules)
  }

  /// The steps of a description, those of sequences within sequences among them.
  private static func steps(_ json: JSON) -> [JSON] {
    guard json["type"]?.string == "Sequence" else { return [json] }
    return (json["pretokenizers"]?.array ?? []).flatMap { steps($0) }
  }

  private static func rule(_ step: JSON) throws(ToolError) -> Rule {
    switch step["type"]?.string {
    case "Digits": return step["individual_digits"]?.bool == true ? .singleDigits : .digitRuns
    case "Split" where step["behavior"]?.string == "Isolated" && step["invert"]?.bool != true:
      if let pattern = step["pattern"]?["Regex"]?.string, let rule = patterns[pattern] { return rule }
      throw unknown(step)
    default: throw unknown(step)
    }
  }

  static func unknown(_ json: JSON, part: String = "pre_tokenizer") -> ToolError {
    var description = (try? json.serialized()).map { String(decoding: $0, as: UTF8.self) } ?? ""
    if description.utf8.count > 300 { description = description.prefix(300) + "…" }
    let known =
      part == "pre_tokenizer"
      ? "ByteLevel, Digits, and Split at the expressions of GPT-2, Llama 3 and Qwen 2; Metaspace for SentencePiece"
      : "ByteFallback, Fuse, Metaspace, and Replace and Strip of spaces"
    return .badData("has the unknown \(part) \(description); known are \(known)")
  }

  /// The regular expressions of `Split`, as published tokenizers write them.
  private static let patterns: [String: Rule] = [
    llama3Pattern: .llama3, qwen2Pattern: .qwen2, gpt2Pattern: .gpt2, #"\p{N}"#: .singleDigits,
    #"\p{N}+"#: .digitRuns,
  ]

  private static let gpt2Pattern =
    #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#
  private static let llama3Pattern = pattern(digits: #"\p{N}{1,3}"#)
  private static let qwen2Pattern = pattern(digits: #"\p{N}"#)

  private static func pattern(digits: String) -> String {
    #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|"# + digits
      + #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
  }

  /// The description from which `tokenizers` makes the same rules.
  var json: JSON {
    let usesOwnExpression = rules.last == .gpt2
    var steps = (usesOwnExpression ? rules.dropLast() : rules[...]).map { Self.description(of: $0) }
    steps.append([
      "type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true,
      "use_regex": .bool(usesOwnExpression),
    ])
    return steps.count == 1 ? steps[0] : ["type": "Sequence", "pretokenizers": .array(steps)]
  }

  private static func description(of rule: Rule) -> JSON {
    func split(_ pattern: String) -> JSON {
      ["type": "Split", "pattern": ["Regex": .string(pattern)], "behavior": "Isolated", "invert": false]
    }
    return switch rule {
    case .singleDigits: ["type": "Digits", "individual_digits": true]
    case .digitRuns: ["type": "Digits", "individual_digits": false]
    case .gpt2: split(gpt2Pattern)
    case .llama3: split(llama3Pattern)
    case .qwen2: split(qwen2Pattern)
    }
  }
}
