import Glibc
import Streams

/// What a reply means: an answer, a refusal, something that may pass, or the end of the run.
struct ReplyReader: Sendable {
  /// What may be gone when the request is sent again.
  struct Trouble: Error {
    var text: String
    /// Seconds that the server asks to wait.
    var serverWait: Double?
    /// Whether it may lie in this one request, other than a server that is down, overloaded or not there.
    var isAboutTheRequest = false
  }

  /// The API key, to keep it out of messages.
  let key: String?

  /// Throws `ToolError`: 65 where a whole object came that cannot be read, 64 where the server wants another key,
  /// 66 where it has no such model or path, 74 for a status that nobody expects.
  func read(_ reply: HTTPReply, from path: String) throws(ToolError) -> Result<RequestOutcome, Trouble> {
    guard 200..<300 ~= reply.status else {
      return try read(
        status: reply.status, "status \(reply.status)",
        shown(ServerError.message(in: reply.body) ?? String(decoding: reply.body, as: UTF8.self)), path,
        retryAfter: reply.retryAfter)
    }
    let text = String(decoding: reply.body, as: UTF8.self).trimmingPrefix("\u{FEFF}")
    guard !text.allSatisfy(\.isWhitespace) else {
      return .failure(Trouble(text: "the answer is empty", isAboutTheRequest: true))
    }
    let notAnObject = Trouble(
      text: "the answer is not a JSON object: \(shown(String(text)))", isAboutTheRequest: true)
    let object: JSONObject
    do throws(ToolError) {
      let value = try JSON.parse(reply.body.trimmingPrefix([0xEF, 0xBB, 0xBF]))
      // Gemini's errors come in a list.
      guard let parsed = value.object ?? value.array?.first?.object else { return .failure(notAnObject) }
      object = parsed
    } catch {
      // What begins and ends as an object came whole, and would come so again; the rest was cut off, or is a gateway's.
      guard isWhole(text) else { return .failure(notAnObject) }
      throw .badData("the server's answer cannot be read: \(error.message)")
    }
    guard let error = ServerError(in: object) else { return .success(.reply(object)) }
    let message = shown(error.message ?? "")
    let name = "status \(reply.status) with an error"
    guard let status = error.status else {
      return .failure(Trouble(text: "\(name): \(message)", isAboutTheRequest: true))
    }
    return try read(status: status, name, message, path, retryAfter: reply.retryAfter)
  }

  private func isWhole(_ text: Substring) -> Bool {
    text.first { !$0.isWhitespace } == "{" && text.last { !$0.isWhitespace } == "}"
  }

  /// - Parameters:
  ///   - status: of HTTP, by the reply or by what it says.
  ///   - name: how messages call it.
  private func read(
    status: Int, _ name: String, _ message: String, _ path: String, retryAfter: String?
  ) throws(ToolError) -> Result<RequestOutcome, Trouble> {
    switch status {
    case 401, 403:
      // What such a reply says may quote the key.
      throw ToolError(
        .usage,
        key == nil
          ? "wants an API key (status \(status)): set OPENAI_API_KEY"
          : "does not take the key in OPENAI_API_KEY (status \(status))")
    case 404:
      let hint = path == "/completions" ? " (--api chat asks for chats alone)" : ""
      throw ToolError(.missingInput, "has no \(path), or not this model: \(message)\(hint)")
    case 400, 409, 413, 422, 431, 451: return .success(.refused(message))
    case 300..<400:
      throw ToolError(.ioError, "\(name) sends requests elsewhere, which is not followed: name that address")
    case 408, 425, 429, 500...:
      if status >= 500, Self.isAboutLogProbabilities(message) { return .success(.refused(message)) }
      return .failure(
        Trouble(
          text: "\(name): \(message)",
          serverWait: RetryPolicy.seconds(retryAfter: retryAfter, now: time(nil)),
          // As vLLM's "not JSON compliant", where a number of the reply is infinite; a gateway's are others.
          isAboutTheRequest: status == 500))
    default: throw ToolError(.ioError, "\(name): \(message)")
    }
  }

  /// Whether a server says that it has no log-probabilities, as llama-cpp-python does without logits_all, or that it
  /// does not echo, as llama.cpp's own server does.
  static func isAboutLogProbabilities(_ message: String) -> Bool {
    let message = message.lowercased()
    return message.contains("support") && (message.contains("logprob") || message.contains("echo"))
  }

  /// As much of a text as fits a line, without the key.
  private func shown(_ text: String) -> String {
    let hidden = key.map { text.replacing($0, with: "(key)") } ?? text
    let words = hidden.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if words.isEmpty { return "(no message)" }
    return words.count > 200 ? words.prefix(200) + "…" : words
  }
}
