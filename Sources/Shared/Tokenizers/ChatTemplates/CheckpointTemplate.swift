import Cases
import Jinja
import Streams

/// The chat template that a checkpoint brings, rendered as transformers' `apply_chat_template` does.
public struct CheckpointTemplate: Sendable {
  /// Jinja, as the checkpoint has it.
  public let text: String
  /// What the user gives the template beyond the conversation.
  public let arguments: JSONObject
  private let template: Template
  private let specialTokens: JSONObject
  private let finder: TemplateTokenFinder?
  private let clock: Clock
  /// Found out by rendering conversations of our own.
  let traits: TemplateTraits

  /// The variables that are the program's to set.
  private static let reserved = ["messages", "add_generation_prompt"]

  /// - Parameters:
  ///   - specialTokens: the texts of tokens with a role by the variables' names (`bos_token`).
  ///   - tokenizer: nil where the checkpoint has none, and nothing will be encoded.
  /// - Throws: `ToolError`: 65 where the text is no template or goes beyond what is known, 64 for an
  ///   argument that the program sets itself.
  public init(
    _ text: String, specialTokens: JSONObject, tokenizer: (any Tokenizer)?, arguments: JSONObject = [:],
    clock: Clock = .ofThisRun
  ) throws(ToolError) {
    for name in Self.reserved where arguments[name] != nil {
      throw ToolError(.usage, "--template-argument cannot set \(name)")
    }
    self.text = text
    self.arguments = arguments
    self.specialTokens = specialTokens
    self.clock = clock
    template = try Template(parsing: text)
    finder = tokenizer.map { TemplateTokenFinder($0) }
    var conversations: [Rendering?] = []
    for probe in TemplateTraits.probes {
      conversations.append(
        try? template.render(
          Self.variables(probe.messages, probe.addsGenerationPrompt, specialTokens, arguments), clock: clock))
    }
    traits = TemplateTraits(
      conversations, beginningOfSequence: specialTokens["bos_token"]?.string,
      addsBeginningOfSequence: tokenizer?.addsBeginningOfSequence ?? false)
  }

  /// The arguments that the template does not read.
  public var unusedArguments: [String] { arguments.keys.filter { !template.namesRead.contains($0) } }

  /// The rendered conversation. Throws `ToolError` (65) where the template refuses it.
  public func render(_ messages: [Message], addGenerationPrompt: Bool = true) throws(ToolError) -> Rendering {
    try template.render(
      Self.variables(messages, addGenerationPrompt, specialTokens, arguments), clock: clock)
  }

  /// The token ids of a rendered conversation. Only what the template wrote becomes special tokens.
  /// Throws `ToolError` (65) where the template refuses the conversation.
  func encode(
    _ messages: [Message], addGenerationPrompt: Bool, prefill: String, with tokenizer: some Tokenizer
  ) throws(ToolError) -> [Int32] {
    let rendering = try render(messages, addGenerationPrompt: addGenerationPrompt)
    return tokenizer.encode(
      finder?.parts(of: rendering, prefill: prefill) ?? [.text(rendering.text + prefill)])
  }

  /// The token with which the model ends its turn: the first special one that the template writes behind an
  /// answer, or the end of sequence. Throws `ToolError` (65) where the vocabulary has neither.
  func endOfTurn(with tokenizer: some Tokenizer) throws(ToolError) -> Int32 {
    if let rendering = traits.behindAnswer, let finder {
      for case .special(let id) in finder.parts(of: rendering) { return id }
    }
    guard let id = tokenizer.endOfSequence else {
      throw .badData("the vocabulary has no end-of-sequence token, and the chat template ends no turn")
    }
    return id
  }

  /// What transformers gives a template. A role is one of a few words, and some templates make a special
  /// token of it.
  private static func variables(
    _ messages: [Message], _ addsGenerationPrompt: Bool, _ specialTokens: JSONObject, _ arguments: JSONObject
  ) -> [Variable] {
    let conversation = messages.map { message -> Input in
      let role = message.role
      return .object([
        "role": Message.roles.contains(role) ? .json(.string(role)) : .data(role),
        "content": .data(message.content),
      ])
    }
    let given = specialTokens.members + arguments.members
    return [
      Variable("messages", .list(conversation)), Variable("tools", .json(.null)),
      Variable("documents", .json(.null)),
      Variable("add_generation_prompt", .json(.bool(addsGenerationPrompt))),
    ] + given.map { Variable($0.key, .json($0.value)) }
  }
}
