import Cases
import Labelling
import Streams

/// Labels cases by asking a server, a number of requests at a time, and gives them out in their order.
public final class ServerLabeller: Labeller {
  /// The fields that a request has of itself, which `requestFields` cannot set.
  public static let ownRequestFields = Requests.own
  /// Those of them that a null in `requestFields` takes away.
  public static let removableRequestFields = Requests.removable

  /// The fingerprint is of what is known: the model's name, the template and the further fields of requests. It is
  /// not of the address: a run may go on at another server of the same model.
  public let identity: ModelIdentity
  /// The same for manifests, with the further fields by themselves.
  public let modelRecord: JSONObject
  /// What the user may want to know of how prompts are written.
  public let warnings: [String]
  private let addresses: [ServerAddress]
  private let answers: ServerAnswers
  private let concurrency: Int
  private let window: QuestionWindow
  /// The cases that were not given out, oldest first.
  private var cases: [CaseQuestions] = []
  private var sampledAnswers = 0
  private var unknownChoices = 0
  /// How many texts had thoughts in them so far.
  public private(set) var thoughts = ThoughtCounts()

  /// - Parameters:
  ///   - model: the name that requests give.
  ///   - prompt: how prompts are written here, nil for chats alone.
  ///   - api: what is asked; prompts are for `completions`.
  ///   - requestFields: what else every request says.
  ///   - concurrency: requests at a time.
  /// - Throws: `ToolError` where the template has no identity.
  public init(
    client: ServerClient, addresses: [ServerAddress], model: String, prompt: ServerPrompt?,
    api: ServerAPI = .completions, requestFields: JSONObject = [:], concurrency: Int
  ) throws(ToolError) {
    answers = ServerAnswers(client: client, model: model, fields: requestFields, prompt: prompt, api: api)
    self.concurrency = concurrency
    window = QuestionWindow(answers: answers, concurrency: concurrency)
    self.addresses = addresses
    warnings = prompt?.warnings ?? []
    // Nobody can see a server's weights: the fingerprint is of what it was asked for.
    let fields = String(decoding: try JSON.object(requestFields).serialized(), as: UTF8.self)
    // Completions are not named, so that outputs of earlier versions can be gone on with.
    let known = [model, try prompt?.identity() ?? "", fields] + (api == .completions ? [] : [api.rawValue])
    identity = ModelIdentity(
      name: model, fingerprint: "sha256:" + Digest.hex(of: known.joined(separator: "\n")), adapter: nil,
      chatTemplate: prompt?.template.name ?? "server")
    var record: JSONObject = [
      "name": .string(model), "fingerprint": .string(identity.fingerprint),
      "request_fields": .object(requestFields), "chat_template": .string(identity.chatTemplate),
      "default_system_prompt": .null,
    ]
    for member in (prompt?.template.record ?? [:]).members { record[member.key] = member.value }
    if api != .completions { record["api"] = .string(api.rawValue) }
    modelRecord = record
  }

  /// Throws `ToolError` (65) as `CaseQuestions`.
  public func questions(of record: Case, request: LabellingRequest) throws(ToolError) -> CaseQuestions {
    try CaseQuestions(record, request: request)
  }

  /// Has its questions asked as request slots become free, and waits where two for each slot are left. Throws
  /// `ToolError` for what ends the run, as `ServerClient.send`.
  public func take(_ asked: CaseQuestions) throws(ToolError) -> [Result<Case, ToolError>] {
    cases.append(asked)
    window.add(asked.questions)
    try window.wait(leaving: 2 * concurrency)
    // Whether a bad reply is the request's fault or the server's shows when another request is answered.
    return finished(takesFailures: answers.client.answersAgain)
  }

  /// Waits for what is left. Throws as `take`.
  public func takeRest() throws(ToolError) -> [Result<Case, ToolError>] {
    try window.wait(leaving: 0)
    try answers.client.checkAnswers()
    return finished(takesFailures: true)
  }

  /// The cases at the front that are done, in their order.
  private func finished(takesFailures: Bool) -> [Result<Case, ToolError>] {
    var results: [Result<Case, ToolError>] = []
    while let asked = cases.first, let result = window.popFirst(takesFailures: takesFailures) {
      cases.removeFirst()
      results.append(labelled(asked, result))
    }
    return results
  }

  private func labelled(_ asked: CaseQuestions, _ result: Result<[CaseQuestions.Answer], ToolError>)
    -> Result<Case, ToolError>
  {
    do throws(ToolError) {
      let found = try result.get()
      sampledAnswers += found.count { if case .sampled = $0 { true } else { false } }
      for answer in found {
        thoughts.add(answer)
        if case .someScores(let values) = answer { unknownChoices += values.count { $0 == nil } }
      }
      return .success(try asked.labelled(found, by: identity))
    } catch {
      let name = "case \"\(asked.record.id)\""
      return .failure(.badData(error.message.hasPrefix(name) ? error.message : "\(name): \(error.message)"))
    }
  }

  /// `model.server`: the addresses; `server`: requests, retries, answers that were sampled because there were no
  /// log-probabilities, and choices whose log-probability is null because the likeliest tokens did not say them.
  public func note(in manifest: inout Manifest) {
    manifest.model?["server"] = .string(addresses.map(\.description).joined(separator: ", "))
    manifest.server = [
      "requests": .integer(answers.client.counts.requests),
      "retries": .integer(answers.client.counts.retries),
      "answers_without_logprobs": .integer(sampledAnswers),
      "choices_without_logprobs": .integer(unknownChoices),
    ]
  }
}
