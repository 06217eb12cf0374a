import Cases
import Labelling
import Servers
import Streams
import Synchronization

extension FuzzTarget {
  /// What a server says, as text, choices, log-probabilities and explanations are read out of it.
  ///
  /// An input is one reply or several, divided by lines of `%%`. The first line of each is its status and what
  /// Retry-After says, the rest is its body. The last reply is given for ever. Each of a server's interfaces is asked.
  static let reply = FuzzTarget("reply") {
    let readouts: [(task: String, readout: Readout)] = [
      ("refusal", .generate(prefill: "", maximumTokens: 8, answers: Readout.generatedAnswers)),
      ("refusal", .generate(prefill: "Well", maximumTokens: 8, answers: Readout.generatedAnswers)),
      ("hint", .choice(prefill: "Answer: (", choices: ["A", "B"])),
    ]
    let plans = try readouts.map { item in
      try CaseQuestions(
        record(item.task, item.readout),
        request: LabellingRequest(
          name: "M0", explain: true, explainScores: item.task == "hint", replace: false))
    }
    let address = try ServerAddress(parsing: "http://localhost:1")
    let model = ModelIdentity(name: "m", fingerprint: "f", adapter: nil, chatTemplate: "chatml")
    return { bytes in
      let replies = replies(bytes)
      for api in ServerAPI.allCases {
        for plan in plans {
          let answers = plan.questions.compactMap { question in
            var found: CaseQuestions.Answer?
            attempt { found = try answer(question, replies, address, api) }
            return found
          }
          guard answers.count == plan.questions.count else { continue }
          attempt { _ = try Case(json: .object(plan.labelled(answers, by: model).json)) }
        }
      }
    }
  }

  /// Each question is the first of a new run.
  private static func answer(
    _ question: CaseQuestions.Question, _ replies: [HTTPReply], _ address: ServerAddress, _ api: ServerAPI
  ) throws -> CaseQuestions.Answer {
    let client = ServerClient(
      addresses: [address], transport: Script(replies),
      policy: RetryPolicy(retries: 2), key: "sk-1", sleep: { _ in })
    return try ServerAnswers(
      client: client, model: "m", fields: [:], prompt: try ServerPrompt(templateNamed: "chatml"), api: api
    ).answer(question)
  }

  private static func record(_ task: String, _ readout: Readout) -> Case {
    let text = "Pick one. Now."
    let feature = Feature(
      id: "f", kind: "sentence", text: " Now.", span: FeatureSpan(message: 0, start: 9, end: 14),
      messages: [Message(role: "user", content: "Pick one.")])
    return Case(
      id: "a", task: task, source: CaseSource(dataset: "d", file: "f", row: 0, item: .of(text)),
      messages: [Message(role: "user", content: text)], readout: readout, features: [feature], reference: nil)
  }

  private static func replies(_ bytes: [UInt8]) -> [HTTPReply] {
    bytes.split(separator: Array("\n%%\n".utf8), omittingEmptySubsequences: false).map { text in
      let lines = text.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
      let head = String(decoding: lines[0], as: UTF8.self).split(separator: " ", maxSplits: 1)
      return HTTPReply(
        status: head.first.flatMap { Int($0) } ?? 200, retryAfter: head.count > 1 ? String(head[1]) : nil,
        body: lines.count > 1 ? Array(lines[1]) : [])
    }
  }

  /// Gives replies in their order.
  private final class Script: Transport {
    private let left: Mutex<ArraySlice<HTTPReply>>

    init(_ replies: [HTTPReply]) { left = Mutex(replies[...]) }

    func post(_ body: [UInt8], to path: String, isStopped: @escaping @Sendable () -> Bool)
      throws(TransportFailure)
      -> HTTPReply
    {
      left.withLock { left in left.count > 1 ? left.removeFirst() : left[left.startIndex] }
    }
  }
}
