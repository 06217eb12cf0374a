import Cases
import Streams
import Tokenizers

/// Text that spells a special token. A server reads special tokens anywhere in a prompt or a message, so a case whose own
/// text holds one is refused: only what a template wrote may be special.
enum SpecialTokenText {
  /// Throws `ToolError` (65) where a message spells a special token: one that the template writes, or that any known one
  /// does where none is named; or something of the form `<|…|>` (DeepSeek's bars are wide), which is one in most vocabularies.
  static func check(_ messages: [Message], _ template: ChatTemplate?) throws(ToolError) {
    let markers = template.map(markers) ?? allMarkers
    for message in messages {
      let marker =
        markers.first(where: message.content.contains)
        ?? message.content.firstMatch(of: /<[|｜][^\s<>|｜]+[|｜]>/).map { String($0.output) }
      if let marker {
        throw .badData("holds \"\(marker)\" as text, which a server takes for a special token")
      }
    }
  }

  /// Of all templates that are built in, and Mistral's.
  private static let allMarkers =
    (ChatTemplate.Name.allCases.flatMap { markers(of: ChatTemplate($0)) } + ["[INST]", "[/INST]"]).sorted()

  /// What a template writes of special tokens around two turns.
  private static func markers(of template: ChatTemplate) -> [String] {
    let messages = ["system", "user", "assistant", "user"].map { Message(role: $0, content: "x") }
    var markers: Set<String> = []
    for case .special(let marker) in template.render(messages, prefill: "") { markers.insert(marker) }
    return markers.sorted()
  }
}
