/// Which of a server's interfaces is asked.
public enum ServerAPI: String, Sendable, CaseIterable {
  /// Prompts that are written here where one is begun or scored, chats for the rest.
  case completions
  /// Chats alone, which the server's template renders. A prefill is left out, because nobody can say how a server
  /// takes one.
  case chat
  /// Chats whose last message is the prefill, on a server that goes on with it (`continue_final_message`).
  case chatPrefill = "chat-prefill"
}
