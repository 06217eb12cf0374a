import Cases
import Streams

/// A built-in way of writing a conversation for a model, chosen by name. What checkpoints bring is a
/// `CheckpointTemplate`.
public struct ChatTemplate: Sendable, Equatable {
  /// The known forms, by the names of the flag `--chat-template`.
  public enum Name: String, Sendable, CaseIterable {
    /// `<|im_start|>ROLE\nTEXT<|im_end|>\n`
    case chatml
    /// `<|start_header_id|>ROLE<|end_header_id|>\n\nTEXT<|eot_id|>`
    case llama3
    /// `<start_of_turn>ROLE\nTEXT<end_of_turn>\n`, the assistant being "model", the system text part of the user's.
    case gemma
    /// ChatML with Qwen 2.5's default system prompt.
    case qwen
    /// Each message's content, then a blank line; the turn ends with the end of sequence.
    case plain

    var form: any ChatForm {
      switch self {
      case .chatml: ChatML(defaultSystemPrompt: nil)
      case .llama3: Llama3()
      case .gemma: Gemma()
      case .qwen: ChatML(defaultSystemPrompt: ChatML.qwenSystemPrompt)
      case .plain: Plain()
      }
    }
  }

  /// Which of the known forms it is.
  public let name: Name
  /// The text that stands as system message where the conversation does not start with one. It is part of every prompt,
  /// so it belongs in records of a run.
  public let defaultSystemPrompt: String?
  /// The text that the template puts before every system message, present or not (Llama 3.1's dates).
  public let systemPreamble: String?
  /// Whether prompts start with the beginning-of-sequence token; nil: as the tokenizer does for plain text.
  public let writesBeginningOfSequence: Bool?

  /// The form of that name, with its usual defaults.
  public init(_ name: Name) {
    self.name = name
    defaultSystemPrompt = name.form.defaultSystemPrompt
    systemPreamble = nil
    writesBeginningOfSequence = name.form.writesBeginningOfSequence
  }

  /// The form of that name. Throws `ToolError` (64) naming the known ones.
  public init(named name: String) throws(ToolError) {
    guard let known = Name(rawValue: name) else {
      throw ToolError(.usage, "--chat-template \(name) is unknown; known are: \(Self.knownNames)")
    }
    self.init(known)
  }

  /// The same with other texts put in, to tell what a checkpoint's template does.
  init(
    _ name: Name, defaultSystemPrompt: String?, systemPreamble: String?, writesBeginningOfSequence: Bool
  ) {
    self.name = name
    self.defaultSystemPrompt = defaultSystemPrompt
    self.systemPreamble = systemPreamble
    self.writesBeginningOfSequence = writesBeginningOfSequence
  }

  static let knownNames = Name.allCases.map(\.rawValue).joined(separator: ", ")

  /// The special tokens that known forms write, and those at which generation stops. A vocabulary that has them
  /// must keep them out of plain text. Not `</s>`, which is a tag of HTML in some vocabularies.
  static let markers: Set<String> = Name.allCases.reduce(into: ["<|endoftext|>", "<|end|>"]) {
    $0.formUnion($1.form.markers)
  }

  /// All that tells this template from others, for fingerprints.
  var identity: String {
    let begins = writesBeginningOfSequence.map { String($0) } ?? "as the tokenizer"
    return [name.rawValue, defaultSystemPrompt ?? "", systemPreamble ?? "", begins].joined(separator: "\n")
  }

  /// The special token that ends a turn; nil where that is the end of sequence.
  public var endOfTurnText: String? { name.form.endOfTurn }
}
