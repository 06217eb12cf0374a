import Labelling
import Streams

// What an assistant says in a reply, in the forms in which servers give it.
extension Reply {
  /// The text that was generated, its thought cut off.
  /// - Parameter maximumTokens: that were asked for; text of as many ended at the limit where the server does not say.
  /// - Throws: `ToolError` (65) where there is no text, it ended otherwise than by itself or at the limit, or the
  ///   tokens are not counted.
  func generated(maximumTokens: Int) throws(ToolError) -> CaseQuestions.Answer {
    guard choice?.object != nil else { throw .badData("the server's answer has no choices") }
    let ending = try ending(maximumTokens)
    guard let tokens = generatedTokens, tokens >= 0 else {
      throw .badData("the server's answer does not say how many tokens it has (usage.completion_tokens)")
    }
    if let refusal { return .text(refusal, tokens: tokens, stopped: ending == .stop) }
    if let text = content, !text.allSatisfy(\.isWhitespace) {
      // All of it thought, where the prompt began the thought and no marker says so.
      if ending == .length, reasoningTokens == tokens { return .unfinishedThought(text, tokens: tokens) }
      return CaseQuestions.Answer(generated: text, tokens: tokens, stopped: ending == .stop)
    }
    // A thought that a server has parsed stands in a field of its own, or nowhere, and is counted.
    if let thought { return .unfinishedThought(thought, tokens: tokens) }
    guard !callsTool else { throw .badData("the server's answer has no text, but calls a tool") }
    guard let blank = content else {
      throw .badData("the server's answer has no text: its content is \(contentType)")
    }
    // A token is a byte or more, but for an end-of-turn token, and white space that is not shown.
    guard tokens <= blank.utf8.count + 2, reasoningTokens == 0, !blank.isEmpty || ending == .stop else {
      return .unfinishedThought("", tokens: tokens)
    }
    return .text(blank, tokens: tokens, stopped: ending == .stop)
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

  /// What was thought before anything was said, as vLLM, SGLang, llama.cpp and DeepSeek
  /// (`reasoning_content`), OpenRouter and newer vLLM (`reasoning`, and its `reasoning_details`), Ollama
  /// (`thinking`), LiteLLM (`thinking_blocks`) and Mistral (a part) give it.
  private var thought: String? {
    let message = choice?["message"]
    let fields = ["reasoning_content", "reasoning", "reasoning_text", "thinking", "thought"].lazy.compactMap {
      message?[$0]?.string
    }
    if let text = fields.first(where: { !$0.isEmpty }) { return text }
    let blocks = ["reasoning_details", "thinking_blocks"].contains { message?[$0]?.array?.isEmpty == false }
    let isPart = message?["content"]?.array?.contains {
      ["thinking", "reasoning"].contains($0["type"]?.string)
    }
    return blocks || isPart == true ? "" : nil
  }

  private var callsTool: Bool {
    let message = choice?["message"]
    return message?["tool_calls"]?.array?.isEmpty == false || message?["function_call"]?.object != nil
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
    let reason = choice?["finish_reason"]?.string ?? choice?["finish_reason"]?["type"]?.string ?? ""
    switch Self.plainWord(reason) {
    case "", "null", "none":
      if let tokens = generatedTokens, tokens >= maximumTokens { return .length }
      throw .badData("the server's answer does not say why its text ended (finish_reason)")
    // OpenAI; TGI; Anthropic's by proxies; Cohere's; others.
    case "stop", "eos", "eostoken", "eostokenid", "eosfound", "stopsequence", "stoptoken", "stopped",
      "endturn",
      "endofturn", "endoftext", "eot", "complete", "completed", "end", "finish", "finished", "done", "normal":
      return .stop
    case "length", "maxtokens", "maxoutputtokens", "maxnewtokens", "maxcompletiontokens", "maxlength",
      "modellength", "limit", "tokenlimit":
      return .length
    default: throw .badData("the server ended the text for another reason: \(reason)")
    }
  }

  /// A reason's letters, for there are `END_TURN`, `end-turn`, `FinishReason.STOP`, `FINISH_REASON_STOP`.
  private static func plainWord(_ reason: String) -> String {
    String(reason.lowercased().filter(\.isLetter).trimmingPrefix("finishreason"))
  }
}
