import Cases
import Labelling
import Servers
import Streams
import Testing

@Suite struct QuestionWindowTests {
  /// What ended the run, here a question that chats cannot ask, is given out as no case's failure.
  @Test func whatEndedTheRunIsNoBadCase() throws {
    let transport = FakeTransport { _, _ in .json("{}") }
    let answers = ServerAnswers(
      client: try client(transport), model: "m", fields: [:], prompt: nil, api: .chat)
    let window = QuestionWindow(answers: answers, concurrency: 1)
    let messages = [Message(role: "user", content: "Go on.")]
    window.add([.text(messages: messages, prefill: "Sure", maximumTokens: 4)])
    let error = #expect(throws: ToolError.self) { try window.wait(leaving: 0) }
    #expect(error?.status == .usage)
    #expect(window.popFirst(takesFailures: true) == nil)
  }

  /// A bad reply is: it is given out where failures are taken.
  @Test func aBadReplyIsABadCase() throws {
    let transport = FakeTransport { _, _ in .json("{}") }
    let answers = ServerAnswers(
      client: try client(transport), model: "m", fields: [:], prompt: nil, api: .chat)
    let window = QuestionWindow(answers: answers, concurrency: 1)
    window.add([.text(messages: [Message(role: "user", content: "Go on.")], prefill: "", maximumTokens: 4)])
    try window.wait(leaving: 0)
    #expect(window.popFirst(takesFailures: false) == nil)
    let result = try #require(window.popFirst(takesFailures: true))
    let error = #expect(throws: ToolError.self) { try result.get() }
    #expect(error?.status == .badData)
  }
}
