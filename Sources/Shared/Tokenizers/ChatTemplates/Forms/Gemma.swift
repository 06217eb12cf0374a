import Cases

/// `<start_of_turn>ROLE\nTEXT<end_of_turn>\n`, the assistant being "model", the system text part of the user's.
struct Gemma: ChatForm {
  var writesBeginningOfSequence: Bool? { true }
  var endOfTurn: String? { "<end_of_turn>" }
  var markers: Set<String> { ["<start_of_turn>", "<end_of_turn>"] }

  /// There is no system role: its text goes before the first user message.
  func prepared(_ messages: [Message], systemPreamble: String?) -> [Message] {
    var messages = messages.map { $0.role == "system" ? $0 : $0.trimmed }
    guard let system = messages.first, system.role == "system", messages.count > 1 else { return messages }
    messages.removeFirst()
    messages[0].content = system.content + "\n\n" + messages[0].content
    return messages
  }

  func header(role: String) -> [PromptFragment] {
    [.special("<start_of_turn>"), .text((role == "assistant" ? "model" : role) + "\n")]
  }
  var trailer: [PromptFragment] { [.special("<end_of_turn>"), .text("\n")] }

  func jinja(defaultSystemPrompt: String?, systemPreamble: String?) -> String {
    "{% if messages[0]['role'] == 'system' %}{% set prefix = messages[0]['content'] + '\\n\\n' %}"
      + "{% set turns = messages[1:] %}{% else %}{% set prefix = '' %}{% set turns = messages %}{% endif %}"
      + "{% for message in turns %}{{ '<start_of_turn>' + ('model' if message['role'] == 'assistant' else "
      + "message['role']) + '\\n' + (prefix if loop.first else '') + (message['content'] | trim) "
      + "+ '<end_of_turn>\\n' }}{% endfor %}"
      + "{% if add_generation_prompt %}{{ '<start_of_turn>model\\n' }}{% endif %}"
  }
}
