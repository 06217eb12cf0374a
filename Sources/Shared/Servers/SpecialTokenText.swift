import Cases
import Streams
import Tokenizers

/// Text that spells a special token. A server reads special tokens anywhere in a prompt or a message, so a case
/// whose own text holds one is refused: only what a template wrote may be special.
enum SpecialTokenText {
  /// Throws `ToolError` (65) where a message spells a special token: one that the template writes, or that any
  /// known one does where none is named; or something of the form `<|…|>` (DeepSeek's bars are wide), which is one
  /// in most vocabularies.
  /// - Parameter markers: those of the template or the vocabulary; nil where neither is known.
  static func check(_ messages: [Message], _ markers: [String]?) throws(ToolError) {
    let markers = markers ?? allMarkers
    for message in messages {
      // By bytes and code points: an accent behind a token makes another character of its end, and the token
      // stays one.
      let marker =
        markers.first { message.content.utf8.contains($0.utf8) } ?? spelled(in: message.content)
      if let marker {
        throw .badData("holds \"\(marker)\" as text, which a server takes for a special token")
      }
    }
  }

  /// Most texts are spared the expression, which takes longer to make than all else of a request.
  private static func spelled(in text: String) -> String? {
    guard text.utf8.contains(UInt8(ascii: "<")) else { return nil }
    return text.firstMatch(of: /<[|｜][^\s<>|｜]+[|｜]>/.matchingSemantics(.unicodeScalar))
      .map { String($0.output) }
  }

  /// Of all templates that are built in, and those of Llama 2, Mistral and Gemma that have another form.
  private static let allMarkers =
    (ChatTemplate.Name.allCases.flatMap { markers(of: ChatTemplate($0)) }
    + [
      "<s>", "</s>", "<bos>", "<eos>", "<pad>", "<unk>", "[INST]", "[/INST]", "[SYSTEM_PROMPT]",
      "[/SYSTEM_PROMPT]", "[AVAILABLE_TOOLS]", "[TOOL_CALLS]", "[TOOL_RESULTS]", "[THINK]", "[/THINK]",
    ]).sorted()

  /// What a template writes of special tokens around two turns.
  static func markers(of template: ChatTemplate) -> [String] {
    let messages = ["system", "user", "assistant", "user"].map { Message(role: $0, content: "x") }
    var markers: Set<String> = []
    for case .special(let marker) in template.render(messages, prefill: "") { markers.insert(marker) }
    return markers.sorted()
  }
}
