import Cases

/// `<|start_header_id|>ROLE<|end_header_id|>\n\nTEXT<|eot_id|>`
struct Llama3: ChatForm {
  /// What Llama 3.1's template writes before every system message, where nobody tells it the date.
  static let preamble = "Cutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\n"

  var writesBeginningOfSequence: Bool? { true }
  var endOfTurn: String? { "<|eot_id|>" }
  var markers: Set<String> {
    [
      "<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>", "<|eom_id|>",
      "<|end_of_text|>",
    ]
  }

  /// The preamble ends in white space that belongs to the prompt also where nothing follows it.
  func prepared(_ messages: [Message], systemPreamble: String?) -> [Message] {
    messages.map(\.trimmed).map { message in
      guard message.role == "system", let systemPreamble else { return message }
      return Message(role: message.role, content: systemPreamble + message.content)
    }
  }

  func header(role: String) -> [PromptFragment] {
    [.special("<|start_header_id|>"), .text(role), .special("<|end_header_id|>"), .text("\n\n")]
  }
  var trailer: [PromptFragment] { [.special("<|eot_id|>")] }

  func jinja(defaultSystemPrompt: String?, systemPreamble: String?) -> String {
    let header = "<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n"
    let preamble = systemPreamble.map(quotedForJinja)
    let content =
      preamble.map { "('\($0)' if message['role'] == 'system' else '') + (message['content'] | trim)" }
      ?? "(message['content'] | trim)"
    let insertion =
      preamble.map {
        "{% if messages[0]['role'] != 'system' %}{{ '<|start_header_id|>system<|end_header_id|>\\n\\n\($0)<|eot_id|>' }}"
          + "{% endif %}"
      } ?? ""
    return insertion
      + "{% for message in messages %}{{ '\(header)' + \(content) + '<|eot_id|>' }}{% endfor %}"
      + "{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}{% endif %}"
  }

  func texts(defaultSystemPrompt: String?) -> [(systemPrompt: String?, preamble: String?)] {
    [(nil, nil), (nil, Self.preamble)]
  }
}
