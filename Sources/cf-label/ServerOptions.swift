import ArgumentParser
import CommandSupport
import Glibc
import ModelOptions
import Servers
import Streams

/// The options that put an OpenAI-compatible server in place of a checkpoint.
struct ServerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "An OpenAI-compatible server, such as http://127.0.0.1:8000/v1; --model is then the model's name there. Several "
        + "share the requests. A key is taken from the environment, OPENAI_API_KEY.",
      valueName: "url"))
  var server: [String] = []

  @Option(
    help: ArgumentHelp(
      "The checkpoint that the server runs, a GGUF file or a Hugging Face directory: every request is the prompt that the "
        + "checkpoint's own tokenizer and template make.",
      valueName: "file|dir"))
  var tokenizer: String?

  @Option(
    help: ArgumentHelp(
      "What is asked of the server: completions; chat, where it serves chats alone; or chat-prefill, where it goes on with an "
        + "answer that a chat has begun.",
      valueName: "name"))
  var api = ServerAPI.completions

  @Option(help: ArgumentHelp("Requests at a time.", valueName: "n"))
  var concurrency = 4

  @Option(
    help: ArgumentHelp(
      "How often a request is sent again after status 429 or 5xx, or where no answer came.", valueName: "n"))
  var retries = 5

  @Option(help: ArgumentHelp("How long to wait for an answer.", valueName: "seconds"))
  var timeout = 300.0

  @Option(
    help: ArgumentHelp(
      "What else every request says, as a JSON object: {\"repeat_penalty\": 1} for llama-cpp-python; "
        + "null takes temperature or max_tokens away.",
      valueName: "json"))
  var requestFields = "{}"

  func validate() throws {
    guard let fields = (try? JSON.parse(requestFields))?.object else {
      throw ValidationError("--request-fields needs a JSON object")
    }
    let removed = ServerLabeller.removableRequestFields.filter { fields[$0]?.isNull == true }
    if let field = ServerLabeller.ownRequestFields.first(where: {
      fields[$0] != nil && !removed.contains($0)
    }) {
      throw ValidationError("--request-fields: every request has its own \(field)")
    }
    try OptionBounds.check("--concurrency", concurrency, in: 1...OptionBounds.threads)
    try OptionBounds.check("--retries", retries, in: 0...OptionBounds.count)
    guard tokenizer == nil || !server.isEmpty else {
      throw ValidationError("--tokenizer names the checkpoint that a --server runs")
    }
    guard api == .completions || !server.isEmpty else { throw ValidationError("--api is of a --server") }
    guard api == .completions || tokenizer == nil else {
      throw ValidationError("--tokenizer writes prompts for completions, and --api asks for chats")
    }
    guard timeout > 0, timeout <= 86400 else {
      throw ValidationError("--timeout must be positive, and a day at most")
    }
  }

  /// A labeller that asks these servers.
  func labeller(checkpoint: CheckpointOptions) throws -> ServerLabeller {
    var addresses: [ServerAddress] = []
    for address in server { addresses.append(try ServerAddress(parsing: address)) }
    let key = try Self.key()
    let pool = ServerPool(
      addresses.map { HTTPTransport(address: $0, key: key, timeout: .seconds(timeout)) })
    let client = ServerClient(
      addresses: addresses, transport: pool, policy: RetryPolicy(retries: retries),
      // Of ten cases, each with no more requests than are under way when its first fails.
      patience: 10 * concurrency, key: key)
    return try ServerLabeller(
      client: client, addresses: addresses, model: checkpoint.model, prompt: try prompt(checkpoint),
      api: api, requestFields: JSON.parse(requestFields).object ?? [:], concurrency: concurrency)
  }

  private func prompt(_ checkpoint: CheckpointOptions) throws -> ServerPrompt? {
    if let tokenizer {
      return try ServerPrompt(
        checkpoint: tokenizer, templateNamed: checkpoint.chatTemplate,
        arguments: checkpoint.templateArguments())
    }
    return try checkpoint.chatTemplate.map { name throws(ToolError) in try ServerPrompt(templateNamed: name) }
  }

  private static func key() throws(ToolError) -> String? {
    guard let value = getenv("OPENAI_API_KEY").map({ String(cString: $0) }), !value.isEmpty else {
      return nil
    }
    guard value.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
      throw ToolError(.usage, "OPENAI_API_KEY holds something that no key has, such as white space")
    }
    return value
  }
}

extension ServerAPI: ExpressibleByArgument {}
