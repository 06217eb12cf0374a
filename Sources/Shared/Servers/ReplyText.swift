import Labelling
import Streams

// What an assistant says in a reply, in the forms in which servers give it.
extension Reply {
  /// The text that was generated, its thought cut off.
  /// - Parameter maximumTokens: that were asked for; text of as many ended at the limit where the server does not say.
  /// - Throws: `ToolError` (65) where there is no text, it ended otherwise than by itself or at the limit, or the tokens
  ///   are not counted.
  func generated(maximumTokens: Int) throws(ToolError) -> CaseQuestions.Answer {
    guard choice?.object != nil else { throw .badData("the server's answer has no choices") }
    let ending = try ending(maximumTokens)
    guard let tokens = generatedTokens, tokens >= 0 else {
      throw .badData("the server's answer does not say how many tokens it has (usage.completion_tokens)")
    }
    if let text = content, !text.isEmpty {
      return CaseQuestions.Answer(generated: text, tokens: tokens, stopped: ending == .stop)
    }
    if let refusal { return .text(refusal, tokens: tokens, stopped: ending == .stop) }
    // A thought that a server has parsed stands in a field of its own, or nowhere, and is counted.
    if let thought { return .unfinishedThought(thought, tokens: tokens) }
    guard content != nil else {
      throw .badData("the server's answer has no text: its content is \(contentType)")
    }
    // An end-of-turn token may be counted, and white space that is not shown.
    guard ending == .stop, tokens <= 2, reasoningTokens == 0 else {
      return .unfinishedThought("", tokens: tokens)
    }
    return .text("", tokens: tokens, stopped: true)
  }

  /// What is said: a text, or one in parts, of a chat completion or of a completion; nil where there is none.
  var content: String? {
    guard let message = choice?["message"], !message.isNull else { return choice?["text"]?.string }
    if let parts = message["content"]?.array {
      return Self.text(of: parts, ["text", "output_text"], key: "text")
    }
    return message["content"]?.string
  }

  private var contentType: String {
    guard let message = choice?["message"], !message.isNull else { return "missing" }
    return message["content"]?.typeName ?? "missing"
  }

  /// A refusal in a field or a part of its own.
  private var refusal: String? {
    let message = choice?["message"]
    let text =
      message?["refusal"]?.string
      ?? message?["content"]?.array.flatMap { Self.text(of: $0, ["refusal"], key: "refusal") }
    return text?.isEmpty == false ? text : nil
  }

  /// What was thought before anything was said, as vLLM, SGLang, llama.cpp and DeepSeek (`reasoning_content`), OpenRouter
  /// and newer vLLM (`reasoning`), Ollama (`thinking`) and Mistral (a part) give it.
  private var thought: String? {
    let message = choice?["message"]
    let fields = ["reasoning_content", "reasoning", "thinking", "thought"].lazy.compactMap {
      message?[$0]?.string
    }
    if let text = fields.first(where: { !$0.isEmpty }) { return text }
    let isPart = message?["content"]?.array?.contains {
      ["thinking", "reasoning"].contains($0["type"]?.string)
    }
    return isPart == true ? "" : nil
  }

  private var reasoningTokens: Int {
    usage?["completion_tokens_details"]?["reasoning_tokens"]?.integer ?? usage?["reasoning_tokens"]?.integer
      ?? 0
  }

  /// The parts of some types as one text; nil where there are none.
  private static func text(of parts: [JSON], _ types: Set<String>, key: String) -> String? {
    let texts = parts.compactMap { part in
      part.string ?? (types.contains(part["type"]?.string ?? key) ? part[key]?.string : nil)
    }
    return texts.isEmpty ? nil : texts.joined()
  }

  private enum Ending { case stop, length }

  /// Why the text ended. Throws `ToolError` (65) for a reason that is neither of the two, as `content_filter`.
  private func ending(_ maximumTokens: Int) throws(ToolError) -> Ending {
    // SGLang's own form is an object.
    let reason = choice?["finish_reason"]?.string ?? choice?["finish_reason"]?["type"]?.string
    guard let reason else {
      if let tokens = generatedTokens, tokens >= maximumTokens { return .length }
      throw .badData("the server's answer does not say why its text ended (finish_reason)")
    }
    switch reason.lowercased() {
    // OpenAI; TGI; Anthropic's by proxies; Cohere's; others.
    case "stop", "eos", "eos_token", "stop_sequence", "end_turn", "complete", "completed", "end", "finished":
      return .stop
    case "length", "max_tokens", "max_output_tokens", "model_length", "max_length", "max_completion_tokens":
      return .length
    default: throw .badData("the server ended the text for another reason: \(reason)")
    }
  }
}
