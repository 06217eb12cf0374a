import Cases
import Jinja

/// What a checkpoint's template does, as records tell it, seen from conversations that are rendered for this.
/// Nothing is rendered by it: the template itself always is.
struct TemplateTraits: Sendable {
  /// A built-in template that writes all these conversations alike, nil where none does.
  let likeness: ChatTemplate?
  /// The text that stands as system message where the conversation has none.
  let defaultSystemPrompt: String?
  /// What `strftime_now` gave, by format.
  let dates: [Rendering.Date]
  /// What the template writes behind the last answer of a conversation.
  let behindAnswer: Rendering?

  struct Probe {
    var messages: [Message]
    var addsGenerationPrompt: Bool
  }

  /// Texts that no template has.
  private static let mark = "\u{F8FF}7f3c\u{F8FF}"

  static let probes: [Probe] = [
    Probe(messages: [user], addsGenerationPrompt: true),
    Probe(messages: [system(mark), user], addsGenerationPrompt: true),
    Probe(messages: [user, Message(role: "assistant", content: mark)], addsGenerationPrompt: false),
    Probe(
      messages: [user, Message(role: "assistant", content: " Yes. \n"), user], addsGenerationPrompt: true),
    Probe(
      messages: [system(" Be brief.\n"), Message(role: "user", content: "\n Why? ")],
      addsGenerationPrompt: false),
  ]
  private static let user = Message(role: "user", content: "Is it so?")
  private static func system(_ text: String) -> Message { Message(role: "system", content: text) }

  /// - Parameters:
  ///   - renderings: of the probes, nil where the template refuses one.
  ///   - beginningOfSequence: the text of that token.
  ///   - addsBeginningOfSequence: whether the tokenizer puts it before plain text.
  init(_ renderings: [Rendering?], beginningOfSequence: String?, addsBeginningOfSequence: Bool) {
    var dates: [Rendering.Date] = []
    for date in renderings.compactMap({ $0?.dates }).joined() where !dates.contains(date) {
      dates.append(date)
    }
    self.dates = dates
    let texts = renderings.map { $0?.text }
    let found = Self.defaultSystemPrompt(alone: texts[0], withSystem: texts[1])
    let likeness = Self.candidates(found).first { candidate in
      Self.isAlike(candidate, texts, beginningOfSequence ?? "", addsBeginningOfSequence)
    }
    self.likeness = likeness
    defaultSystemPrompt = likeness == nil ? found : likeness?.defaultSystemPrompt
    behindAnswer = renderings[2]?.after(Self.mark)
  }

  /// What stands without a system message where the mark stands with one.
  private static func defaultSystemPrompt(alone: String?, withSystem: String?) -> String? {
    guard let alone, let parts = withSystem?.split(separator: mark, omittingEmptySubsequences: false),
      parts.count == 2, alone.hasPrefix(parts[0]), alone.hasSuffix(parts[1]),
      alone.utf8.count > parts[0].utf8.count + parts[1].utf8.count
    else { return nil }
    return String(alone.dropFirst(parts[0].count).dropLast(parts[1].count))
  }

  private static func candidates(_ system: String?) -> [ChatTemplate] {
    let forms = ChatTemplate.Name.allCases.filter { $0 != .plain }.flatMap { name in
      name.form.texts(defaultSystemPrompt: system).map { (name: name, texts: $0) }
    }
    let candidates = [false, true].flatMap { begins in
      forms.map { name, texts in
        ChatTemplate(
          name, defaultSystemPrompt: texts.systemPrompt, systemPreamble: texts.preamble,
          writesBeginningOfSequence: begins)
      }
    }
    return candidates + [ChatTemplate(.plain)]
  }

  /// A conversation that the checkpoint's template refuses tells nothing, but for the first.
  private static func isAlike(
    _ candidate: ChatTemplate, _ texts: [String?], _ begin: String, _ addsBeginningOfSequence: Bool
  ) -> Bool {
    guard texts[0] != nil else { return false }
    return zip(probes, texts).allSatisfy { probe, text in
      guard let text else { return true }
      let fragments = candidate.render(probe.messages, addGenerationPrompt: probe.addsGenerationPrompt)
      let addsBegin = candidate.writesBeginningOfSequence == nil && addsBeginningOfSequence
      let rendered = fragments.map { fragment in
        switch fragment {
        case .special(let text), .text(let text): text
        case .beginningOfSequence: begin
        }
      }
      return Array(text.utf8) == Array(((addsBegin ? begin : "") + rendered.joined()).utf8)
    }
  }
}
