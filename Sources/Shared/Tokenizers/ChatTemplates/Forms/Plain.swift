/// Each message's content, then a blank line; the turn ends with the end of sequence.
struct Plain: ChatForm {
  var writesBeginningOfSequence: Bool? { nil }
  var endOfTurn: String? { nil }
  var markers: Set<String> { [] }

  func header(role: String) -> [PromptFragment] { [] }
  var trailer: [PromptFragment] { [.text("\n\n")] }

  func jinja(defaultSystemPrompt: String?, systemPreamble: String?) -> String {
    "{% for message in messages %}{{ message['content'] + '\\n\\n' }}{% endfor %}"
  }
}
