import Cases

/// A built-in form of conversations. Each is a file beside this one, and a line in `ChatTemplate.Name.form`.
protocol ChatForm: Sendable {
  /// The text that stands as system message where the conversation does not start with one.
  var defaultSystemPrompt: String? { get }
  /// Whether prompts start with the beginning-of-sequence token; nil: as the tokenizer does for plain text.
  var writesBeginningOfSequence: Bool? { get }
  /// The special token that ends a turn; nil where that is the end of sequence.
  var endOfTurn: String? { get }
  /// The special tokens that it writes, and those at which models of its family stop.
  var markers: Set<String> { get }

  /// The conversation as it is written: with system messages put where the form has them, and texts trimmed as it
  /// trims them.
  func prepared(_ messages: [Message], systemPreamble: String?) -> [Message]
  /// What stands before a message's text.
  func header(role: String) -> [PromptFragment]
  /// What stands behind it.
  var trailer: [PromptFragment] { get }

  /// A Jinja template that writes the same, without the beginning of sequence.
  func jinja(defaultSystemPrompt: String?, systemPreamble: String?) -> String

  /// The texts that a checkpoint's template of this form may put in, where it writes this default system prompt.
  func texts(defaultSystemPrompt: String?) -> [(systemPrompt: String?, preamble: String?)]
}

extension ChatForm {
  var defaultSystemPrompt: String? { nil }
  func prepared(_ messages: [Message], systemPreamble: String?) -> [Message] { messages }
  func texts(defaultSystemPrompt: String?) -> [(systemPrompt: String?, preamble: String?)] { [(nil, nil)] }
}

extension Message {
  /// Without white space at both ends of its text, as Jinja's `trim` (Python's `str.strip`) leaves it.
  var trimmed: Message {
    func isSpace(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.isWhitespace || 0x1C...0x1F ~= scalar.value
    }
    var scalars = content.unicodeScalars[...]
    while let first = scalars.first, isSpace(first) { scalars.removeFirst() }
    while let last = scalars.last, isSpace(last) { scalars.removeLast() }
    return Message(role: role, content: String(scalars))
  }
}

/// The inside of a Jinja string in single quotes.
func quotedForJinja(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\\": result += "\\\\"
    case "'": result += "\\'"
    case "\n": result += "\\n"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
