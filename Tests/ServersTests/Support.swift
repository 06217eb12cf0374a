import Cases
import Labelling
import Servers
import Streams
import Synchronization

/// Answers requests by a function of their path and body, and remembers them.
final class FakeTransport: Transport {
  typealias Answer = @Sendable (String, JSONObject) throws(TransportFailure) -> HTTPReply
  private let answer: Answer
  private let log = Mutex<[JSONObject]>([])

  init(_ answer: @escaping Answer) { self.answer = answer }

  var requests: [JSONObject] { log.withLock { $0 } }

  func post(_ body: [UInt8], to path: String, isStopped: @escaping @Sendable () -> Bool)
    throws(TransportFailure)
    -> HTTPReply
  {
    var request = (try? JSON.parse(body))?.object ?? JSONObject()
    request["path"] = .string(path)
    log.withLock { $0.append(request) }
    return try answer(path, request)
  }
}

extension HTTPReply {
  static func json(_ text: String, status: Int = 200, retryAfter: String? = nil) -> HTTPReply {
    HTTPReply(status: status, retryAfter: retryAfter, body: Array(text.utf8))
  }
}

func client(_ transport: any Transport, retries: Int = 0, key: String? = nil) throws -> ServerClient {
  ServerClient(
    addresses: [try ServerAddress(parsing: "http://localhost:1")], transport: transport,
    policy: RetryPolicy(retries: retries), key: key, sleep: { _ in })
}

/// Labels cases with a server that answers so.
func label(
  _ records: [Case], template: String? = "chatml", prompt: ServerPrompt? = nil, api: ServerAPI = .completions,
  explain: Bool = false, concurrency: Int = 3, fields: JSONObject = [:], _ transport: FakeTransport
) throws -> [Result<Case, ToolError>] {
  let labeller = try labeller(
    transport, prompt: try prompt ?? template.map { try ServerPrompt(templateNamed: $0) }, api: api,
    concurrency: concurrency, fields: fields)
  return try labelled(records, by: labeller, explain: explain)
}

/// A labeller that asks a server; by default for chats alone.
func labeller(
  _ transport: FakeTransport, prompt: ServerPrompt? = nil, api: ServerAPI = .chat, concurrency: Int = 3,
  fields: JSONObject = [:]
) throws -> ServerLabeller {
  try ServerLabeller(
    client: try client(transport), addresses: [try ServerAddress(parsing: "http://localhost:1")], model: "m",
    prompt: prompt, api: api, requestFields: fields, concurrency: concurrency)
}

/// What a labeller makes of cases.
func labelled(_ records: [Case], by labeller: ServerLabeller, explain: Bool = false) throws -> [Result<
  Case, ToolError
>] {
  let request = LabellingRequest(name: "M0", explain: explain, replace: false)
  var results: [Result<Case, ToolError>] = []
  for record in records { results += try labeller.take(try labeller.questions(of: record, request: request)) }
  return results + (try labeller.takeRest())
}

/// A case with one feature.
func record(_ id: String, task: String, readout: Readout, text: String = "Pick one. Now.") throws -> Case {
  let feature = Feature(
    id: "f", kind: "sentence", text: " Now.",
    span: FeatureSpan(message: 0, start: text.utf8.count - 5, end: text.utf8.count),
    messages: [Message(role: "user", content: String(text.dropLast(5)))])
  return Case(
    id: id, task: task, source: CaseSource(dataset: "d", file: "f", row: 0, item: .of(id)),
    messages: [Message(role: "user", content: text)], readout: readout, features: [feature], reference: nil)
}

let letters = Readout.choice(prefill: "Answer: (", choices: ["A", "B"])
