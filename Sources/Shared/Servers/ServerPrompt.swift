import Cases
import Checkpoints
import Streams
import Tokenizers

/// How prompts for a server are written here: as text, by a template that is built in, or by the checkpoint's own.
public struct ServerPrompt: Sendable {
  let template: PromptTemplate
  /// Which texts a server takes for special tokens.
  let markers: [String]
  /// Whether every request is a prompt that is written here. Else chats are left to the server's own template.
  let writesAll: Bool
  /// What ends the assistant's turn; nil where nothing marks that.
  let endOfTurn: String?
  /// The text of the token that the server puts before every prompt by itself.
  private let serversBeginning: String?

  /// A built-in template, for what only a prompt can ask. Throws `ToolError` (64) for an unknown name.
  public init(templateNamed name: String) throws(ToolError) {
    let template = try ChatTemplate(named: name)
    self.template = .builtIn(template)
    markers = SpecialTokenText.markers(of: template)
    writesAll = false
    endOfTurn = template.endOfTurnText
    serversBeginning = nil
  }

  /// The prompts that the checkpoint itself would be given, for every request.
  /// - Parameters:
  ///   - path: the checkpoint that the server runs: its tokenizer and template are read, not its weights.
  ///   - name: a built-in template in place of its own.
  ///   - arguments: what its own template is given beyond the conversation.
  /// - Throws: `ToolError` as `ModelCheckpoint` and its template.
  public init(checkpoint path: String, templateNamed name: String?, arguments: JSONObject) throws(ToolError) {
    let checkpoint = try ModelCheckpoint(path: path)
    let tokenizer = try checkpoint.tokenizer()
    template = try checkpoint.chatTemplate(named: name, tokenizer: tokenizer, arguments: arguments)
    markers = tokenizer.templateTokens.filter { !$0.isText }.map(\.text).sorted()
    writesAll = true
    endOfTurn = tokenizer.vocabularyText(try template.endOfTurn(with: tokenizer))
    serversBeginning =
      tokenizer.addsBeginningOfSequence ? tokenizer.beginningOfSequence.map(tokenizer.vocabularyText) : nil
  }

  /// What the user may want to know of how prompts are written.
  var warnings: [String] { template.warnings }

  /// The template for records and fingerprints.
  /// - Throws: `ToolError` as `PromptTemplate.identity`.
  func identity() throws(ToolError) -> String {
    let identity = try template.identity()
    guard case .own(let own) = template else { return identity }
    return identity + "\n" + Digest.hex(of: own.text)
  }

  /// The prompt as text, without the beginning of sequence, which servers add. Throws `ToolError` (65) where a
  /// message spells a special token, or the template refuses the conversation.
  func text(_ messages: [Message], prefill: String) throws(ToolError) -> String {
    try SpecialTokenText.check(messages + [Message(role: "assistant", content: prefill)], markers)
    switch template {
    case .builtIn(let template):
      return template.render(messages, prefill: prefill).map { fragment in
        switch fragment {
        case .special(let marker): marker
        case .beginningOfSequence: ""
        case .text(let text): text
        }
      }.joined()
    case .own(let template):
      let text = try template.render(messages).text + prefill
      guard let serversBeginning, text.hasPrefix(serversBeginning) else { return text }
      return String(text.dropFirst(serversBeginning.count))
    }
  }
}
