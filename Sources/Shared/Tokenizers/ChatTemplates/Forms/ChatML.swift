/// `<|im_start|>ROLE\nTEXT<|im_end|>\n`
struct ChatML: ChatForm {
  /// What Qwen 2.5's template puts in; nil for the form by itself.
  let defaultSystemPrompt: String?

  static let qwenSystemPrompt = "You are Qwen, created by Alibaba Cloud. You are a helpful assistant."

  var writesBeginningOfSequence: Bool? { false }
  var endOfTurn: String? { "<|im_end|>" }
  var markers: Set<String> { ["<|im_start|>", "<|im_end|>"] }

  func header(role: String) -> [PromptFragment] { [.special("<|im_start|>"), .text(role + "\n")] }
  var trailer: [PromptFragment] { [.special("<|im_end|>"), .text("\n")] }

  func jinja(defaultSystemPrompt: String?, systemPreamble: String?) -> String {
    let insertion =
      defaultSystemPrompt.map {
        "{% if messages[0]['role'] != 'system' %}{{ '<|im_start|>system\\n\(quotedForJinja($0))<|im_end|>\\n' }}"
          + "{% endif %}"
      } ?? ""
    return insertion
      + "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] "
      + "+ '<|im_end|>\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
  }

  /// The form by itself may have any system prompt but Qwen's, which has a name of its own.
  func texts(defaultSystemPrompt: String?) -> [(systemPrompt: String?, preamble: String?)] {
    let isQwen = defaultSystemPrompt == Self.qwenSystemPrompt
    return isQwen == (self.defaultSystemPrompt != nil) ? [(defaultSystemPrompt, nil)] : []
  }
}
