import Cases
import Streams

/// The chat template in use: a built-in one by its name, or the checkpoint's own.
public enum PromptTemplate: Sendable {
  case builtIn(ChatTemplate)
  case own(CheckpointTemplate)

  /// As records name it: the built-in template, or the one that the checkpoint's own is like in all it
  /// writes for common conversations; `checkpoint` where there is none.
  public var name: String {
    switch self {
    case .builtIn(let template): template.name.rawValue
    case .own(let template): template.traits.likeness?.name.rawValue ?? Self.ownName
    }
  }

  /// The name of checkpoints' templates that are like none of the built-in ones.
  public static let ownName = "checkpoint"

  /// The text that stands as system message where the conversation does not start with one. It is part of
  /// every prompt, so it belongs in records of a run.
  public var defaultSystemPrompt: String? {
    switch self {
    case .builtIn(let template): template.defaultSystemPrompt
    case .own(let template): template.traits.defaultSystemPrompt
    }
  }

  /// All that tells this template from others with the same checkpoint, for fingerprints. The text of a
  /// checkpoint's own template is part of the checkpoint.
  /// - Parameter dates: what `strftime_now` gave in an earlier run, by format; nil for what it gives now.
  public func identity(dates: JSONObject? = nil) throws(ToolError) -> String {
    switch self {
    case .builtIn(let template): return template.identity
    case .own(let template):
      var identity = template.traits.likeness?.identity ?? Self.ownName
      for object in [template.arguments, dates ?? self.dates] where !object.isEmpty {
        let sorted = object.members.sorted { $0.key < $1.key }
        for (key, value) in sorted.map({ ($0.key, $0.value) }) {
          identity += "\n\(key)=" + String(decoding: try value.serialized(), as: UTF8.self)
        }
      }
      return identity
    }
  }

  /// What `strftime_now` gives the template, by format; empty for templates that do not ask.
  public var dates: JSONObject {
    guard case .own(let template) = self else { return [:] }
    return template.traits.dates.reduce(into: JSONObject()) { $0[$1.format] = .string($1.text) }
  }

  /// What records say of it: `chat_template`, `default_system_prompt`, and where there are any
  /// `template_arguments` and `template_dates`.
  public var record: JSONObject {
    var record: JSONObject = [
      "chat_template": .string(name),
      "default_system_prompt": defaultSystemPrompt.map { .string($0) } ?? .null,
    ]
    if case .own(let template) = self, !template.arguments.isEmpty {
      record["template_arguments"] = .object(template.arguments)
    }
    if !dates.isEmpty { record["template_dates"] = .object(dates) }
    return record
  }

  /// The arguments that the template does not read: misspelled, perhaps.
  public var unusedArguments: [String] {
    if case .own(let template) = self { template.unusedArguments } else { [] }
  }

  /// What its user should know, a sentence each.
  public var warnings: [String] {
    unusedArguments.map { "the chat template does not read \($0), which --template-argument sets" }
  }

  /// The token ids of a conversation. Neighbouring texts are tokenized as one (the header's line feed and the
  /// prefill, for example), and data never become special tokens.
  ///
  /// Throws `ToolError` (65) where the template refuses the conversation, or the vocabulary lacks a special
  /// token.
  public func encode(
    _ messages: [Message], addGenerationPrompt: Bool = true, prefill: String = "",
    with tokenizer: some Tokenizer
  ) throws(ToolError) -> [Int32] {
    switch self {
    case .builtIn(let template):
      try template.encode(
        messages, addGenerationPrompt: addGenerationPrompt, prefill: prefill, with: tokenizer)
    case .own(let template):
      try template.encode(
        messages, addGenerationPrompt: addGenerationPrompt, prefill: prefill, with: tokenizer)
    }
  }

  /// The token with which the model ends its turn: the last one of a completion to learn.
  /// Throws `ToolError` (65) where the vocabulary lacks it.
  public func endOfTurn(with tokenizer: some Tokenizer) throws(ToolError) -> Int32 {
    switch self {
    case .builtIn(let template): try template.endOfTurn(with: tokenizer)
    case .own(let template): try template.endOfTurn(with: tokenizer)
    }
  }
}
