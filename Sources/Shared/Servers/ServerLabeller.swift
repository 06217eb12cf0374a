import Cases
import Foundation
import Labelling
import Streams
import Synchronization
import Tokenizers

/// Labels cases by asking a server, a number of requests at a time. Cases are collected until there are some questions
/// for every request slot, asked together, and given out in their order.
public final class ServerLabeller: CaseLabeller {
  /// The fields that a request has of itself, which `requestFields` cannot set.
  public static let ownRequestFields = Requests.own
  /// Those of them that a null in `requestFields` takes away.
  public static let removableRequestFields = Requests.removable

  /// The fingerprint is of what is known: the address, the model's name, the template and the further fields
  /// of requests.
  public let identity: ModelIdentity
  /// The same for manifests, with the address and the further fields by themselves.
  public let modelRecord: JSONObject
  private let answers: ServerAnswers
  private let concurrency: Int
  private var plans: [CaseQuestions] = []
  private var questionCount = 0
  private var sampledAnswers = 0
  /// How many texts had thoughts in them so far.
  public private(set) var thoughts = ThoughtCounts()

  /// - Parameters:
  ///   - model: the name that requests give.
  ///   - chatTemplate: the name of the template for rendered prompts, nil for none.
  ///   - requestFields: what else every request says.
  ///   - concurrency: requests at a time.
  /// - Throws: `ToolError` (64) for an unknown template.
  public init(
    client: ServerClient, address: ServerAddress, model: String, chatTemplate: String?,
    requestFields: JSONObject = [:], concurrency: Int
  ) throws(ToolError) {
    answers = try ServerAnswers(
      client: client, model: model, fields: requestFields, chatTemplate: chatTemplate)
    let template = answers.template
    self.concurrency = concurrency
    // Nobody can see a server's weights: the fingerprint is of what is known, where it is and what it was asked for.
    let fields = String(decoding: try JSON.object(requestFields).serialized(), as: UTF8.self)
    let known = [address.description, model, template?.identity ?? "", fields]
    identity = ModelIdentity(
      name: model, fingerprint: "sha256:" + Digest.hex(of: known.joined(separator: "\n")), adapter: nil,
      chatTemplate: template?.name.rawValue ?? "server")
    modelRecord = [
      "name": .string(model), "fingerprint": .string(identity.fingerprint),
      "server": .string(address.description), "request_fields": .object(requestFields),
      "chat_template": .string(identity.chatTemplate),
      "default_system_prompt": template?.defaultSystemPrompt.map { .string($0) } ?? .null,
    ]
  }

  /// Throws `ToolError` (65) as `CaseQuestions`.
  public func plan(_ record: Case, request: LabellingRequest) throws(ToolError) -> CaseQuestions {
    try CaseQuestions(record, request: request)
  }

  /// Asks once there are four questions or more to a request slot, of two cases at the least, so that one
  /// whose requests all fail does not look like a server that answers none. Throws `ToolError` for what ends
  /// the run, as `ServerClient.send`.
  public func take(_ plan: CaseQuestions) throws(ToolError) -> [Result<Case, ToolError>] {
    plans.append(plan)
    questionCount += plan.questions.count
    return questionCount >= 4 * concurrency && plans.count > 1 ? try takeRest() : []
  }

  /// Asks what is left, however little. Throws as `take`.
  public func takeRest() throws(ToolError) -> [Result<Case, ToolError>] {
    var results = try ask(plans.map(\.questions))[...]
    defer {
      plans = []
      questionCount = 0
    }
    return plans.map { plan in
      let mine = results.prefix(plan.questions.count)
      results = results.dropFirst(plan.questions.count)
      do throws(ToolError) {
        var found: [CaseQuestions.Answer] = []
        for result in mine { found.append(try result.get()) }
        sampledAnswers += found.count { if case .sampled = $0 { true } else { false } }
        for answer in found { thoughts.add(answer) }
        return .success(try plan.labelled(found, by: identity))
      } catch {
        let name = "case \"\(plan.record.id)\""
        return .failure(.badData(error.message.hasPrefix(name) ? error.message : "\(name): \(error.message)"))
      }
    }
  }

  /// `server`: requests, retries, and answers that were sampled because there were no log-probabilities.
  public func note(in manifest: inout Manifest) {
    manifest.server = [
      "requests": .integer(answers.client.counts.requests),
      "retries": .integer(answers.client.counts.retries),
      "answers_without_logprobs": .integer(sampledAnswers),
    ]
  }

  /// Answers in the order of the questions of all cases: each, or why it has none (65). Throws what ends the
  /// run.
  private func ask(_ cases: [[CaseQuestions.Question]]) throws(ToolError)
    -> [Result<CaseQuestions.Answer, ToolError>]
  {
    let work = Work(cases: cases, answers: answers)
    let group = DispatchGroup()
    for _ in 0..<min(concurrency, questionCount) {
      group.enter()
      // Threads, not a dispatch queue: they wait for the network, however few processors there are.
      Thread {
        work.run()
        group.leave()
      }.start()
    }
    group.wait()
    let results = try work.results()
    try answers.client.checkAnswers()
    return results
  }

  /// Questions that several threads answer. Once one of a case has no answer, its others are not asked.
  private final class Work: Sendable {
    private struct State {
      var next = 0
      var results: [Result<CaseQuestions.Answer, ToolError>?]
      /// Why a question of a case has no answer.
      var failures: [Int: ToolError] = [:]
      var failure: ToolError?
    }

    private let questions: [(case: Int, question: CaseQuestions.Question)]
    private let answers: ServerAnswers
    private let state: Mutex<State>

    init(cases: [[CaseQuestions.Question]], answers: ServerAnswers) {
      questions = cases.enumerated().flatMap { index, questions in questions.map { (index, $0) } }
      self.answers = answers
      state = Mutex(State(results: Array(repeating: nil, count: questions.count)))
    }

    func run() {
      while let index = take() {
        do throws(ToolError) {
          let answer = try answers.answer(questions[index].question)
          state.withLock { $0.results[index] = .success(answer) }
        } catch  where error.status == .badData {
          state.withLock { state in
            state.results[index] = .failure(error)
            state.failures[questions[index].case] = error
          }
        } catch {
          // The first failure counts: those after it come of stopping.
          state.withLock { state in
            if state.failure == nil { state.failure = error }
          }
          answers.client.stop()
        }
      }
    }

    private func take() -> Int? {
      state.withLock { state in
        while state.failure == nil, state.next < questions.count {
          defer { state.next += 1 }
          guard let failure = state.failures[questions[state.next].case] else { return state.next }
          state.results[state.next] = .failure(failure)
        }
        return nil
      }
    }

    func results() throws(ToolError) -> [Result<CaseQuestions.Answer, ToolError>] {
      let state = state.withLock { $0 }
      if let failure = state.failure { throw failure }
      return state.results.compactMap { $0 }
    }
  }
}
