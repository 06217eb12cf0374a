import Cases
import Servers
import Streams
import Synchronization
import Testing

@Suite struct ClientTests {
  /// Replies in their order, the last one for ever.
  private func replies(_ replies: HTTPReply...) -> FakeTransport {
    let left = Mutex(replies)
    let take: @Sendable () -> HTTPReply = {
      left.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
    }
    return FakeTransport { _, _ in take() }
  }

  private func failure(_ reply: HTTPReply, retries: Int = 0, key: String? = nil) throws -> ToolError? {
    let client = try client(replies(reply), retries: retries, key: key)
    do {
      _ = try client.send([:], to: "/completions")
      return nil
    } catch {
      return failure { try client.checkAnswers() } ?? error as? ToolError
    }
  }

  private func failure(_ body: () throws -> Void) -> ToolError? {
    do {
      try body()
      return nil
    } catch { return error as? ToolError }
  }

  @Test func whatMayPassIsSentAgain() throws {
    for status in [408, 429, 500, 503] {
      let client = try client(replies(.json("{}", status: status), .json("{\"a\": 1}")), retries: 1)
      #expect(try client.send([:], to: "/completions") == .reply(["a": 1]))
      #expect(client.counts.requests == 2 && client.counts.retries == 1)
    }
    let cut = try client(replies(.json("{\"a\":"), .json("{}")), retries: 1)
    #expect(try cut.send([:], to: "/completions") == .reply([:]))
  }

  @Test func theLastTrialsReasonIsTold() throws {
    let error = try failure(.json("{\"error\": {\"message\": \"too\\nbusy\"}}", status: 503), retries: 2)
    #expect(error?.status == .ioError)
    #expect(error?.description == "http://localhost:1/v1: status 503: too busy (after 3 tries)")
    let silent = try client(FakeTransport { _, _ throws(TransportFailure) in throw .timeout }, retries: 1)
    #expect(throws: ToolError.self) { try silent.send([:], to: "/completions") }
    #expect(silent.counts.requests == 2)
  }

  @Test func aKeyIsNeverShown() throws {
    for status in [401, 403, 404, 418, 500] {
      let error = try failure(.json("no such key: sk-secret", status: status), key: "sk-secret")
      #expect(error?.description.contains("sk-secret") == false)
    }
    #expect(try failure(.json("", status: 401))?.status == .usage)
    #expect(try failure(.json("", status: 404))?.status == .missingInput)
  }

  @Test func aServerThatWantsToBeLeftAloneForHoursEndsTheRun() throws {
    let error = try failure(.json("", status: 429, retryAfter: "7200"), retries: 5)
    #expect(error?.message.contains("over an hour") == true)
  }

  @Test func refusalsAreNotRepeated() throws {
    let transport = replies(.json("{\"error\": {\"message\": \"too long\"}}", status: 400))
    #expect(try client(transport, retries: 3).send([:], to: "/completions") == .refused("too long"))
    let unsupported = replies(
      .json("{\"error\": {\"message\": \"Only no echo is supported\"}}", status: 500))
    let outcome = try client(unsupported, retries: 3).send([:], to: "/completions")
    #expect(outcome == .refused("Only no echo is supported"))
    #expect(transport.requests.count == 1 && unsupported.requests.count == 1)
  }

  @Test func waitsGrowAndHeedTheServer() {
    let policy = RetryPolicy(retries: 9)
    #expect((0..<4).map { policy.wait(beforeRetry: $0, jitter: 0, serverWait: nil) } == [0.5, 1, 2, 4])
    #expect(policy.wait(beforeRetry: 0, jitter: 0.999, serverWait: nil) > 0.25)
    #expect(policy.wait(beforeRetry: 90, jitter: 0, serverWait: nil) == 60)
    #expect(policy.wait(beforeRetry: 0, jitter: 0, serverWait: 7) == 7)
    #expect(RetryPolicy.seconds(retryAfter: "12", now: 0) == 12)
    // 2015-10-21 07:28:00 UTC.
    let date = "Wed, 21 Oct 2015 07:28:00 GMT"
    #expect(RetryPolicy.seconds(retryAfter: date, now: 1_445_412_470) == 10)
    #expect(RetryPolicy.seconds(retryAfter: date, now: 1_500_000_000) == 0)
    #expect(RetryPolicy.seconds(retryAfter: "soon", now: 0) == nil)
  }

  @Test func addresses() throws {
    #expect(try ServerAddress(parsing: "http://h:8000").description == "http://h:8000/v1")
    #expect(try ServerAddress(parsing: "https://h/api/v3/").description == "https://h/api/v3")
    for wrong in [
      "http://h/v1/chat/completions", "http://h/v1/completions/", "h:8000", "ftp://h", "http://",
      "http://me:secret@h/v1", "http://h/v1?key=1", "",
    ] {
      #expect(throws: ToolError.self) { try ServerAddress(parsing: wrong) }
    }
  }

  /// Errors in bodies of status 200 are tried again, and then told.
  @Test func errorsOfStatus200AreErrors() throws {
    for body in [
      #"{"error": {"message": "overloaded", "code": 503}}"#,
      #"{"error": {"message": "overloaded", "code": "503"}}"#,
      #"{"error": "overloaded"}"#, #"{"object": "error", "message": "overloaded", "code": 503}"#,
      #"{"error": {"type": "overloaded"}}"#, #"{"error": [{"message": "overloaded"}]}"#,
      #"{"detail": "overloaded"}"#,
      #"{"choices": [{"error": {"message": "overloaded"}, "finish_reason": "error"}]}"#,
      #"{"message": "overloaded"}"#,
    ] {
      let client = try client(replies(.json(body), .json("{\"choices\": []}")), retries: 1)
      #expect(try client.send([:], to: "/completions") == .reply(["choices": []]))
      #expect(client.counts.retries == 1)
      let error = try failure(.json(body), retries: 1)
      #expect(error?.status == .ioError)
      #expect(error?.message == "status 200 with an error: overloaded (after 2 tries)")
    }
    #expect(try failure(.json(#"{"error": 529}"#))?.message == "status 200 with an error: error 529")
    for body in [#"{"error": null, "choices": []}"#, #"{"error": "", "choices": []}"#, #"{"choices": []}"#] {
      #expect(try failure(.json(body)) == nil)
    }
    // What a status of its own would mean.
    let refused = try client(replies(.json(#"{"error": {"message": "too long", "code": 400}}"#)))
    #expect(try refused.send([:], to: "/completions") == .refused("too long"))
    #expect(try failure(.json(#"{"error": {"message": "no", "code": 401}}"#))?.status == .usage)
  }

  @Test func aWholeReplyThatCannotBeReadIsOfOneCase() throws {
    for body in [
      #"{"a": -Infinity}"#, #"{"a": NaN}"#, #"{"a": 1, "a": 2}"#, #"{"a": "\ud83d"}"#, "{\"a\": 1}}\n",
    ] {
      let transport = replies(.json(body))
      let client = try client(transport, retries: 3)
      #expect { try client.send([:], to: "/completions") } throws: { ($0 as? ToolError)?.status == .badData }
      #expect(transport.requests.count == 1)
    }
  }

  /// A reply that was cut, a gateway's page, or status 500: the case's where the server answers others, the run's
  /// where it answers none, or none any more.
  @Test func aBadReplyCostsACaseWhereOthersAreAnswered() throws {
    for bad in [
      HTTPReply.json(#"{"choices": ["#), .json("<html></html>"), .json(""), .json("[]"), .json("null"),
      .json("Out of range float values are not JSON compliant", status: 500), .json("boom", status: 500),
    ] {
      #expect(try failure(bad)?.status == .ioError)
      let client = try client(replies(.json("{}"), bad))
      #expect(try client.send([:], to: "/completions") == .reply([:]))
      for _ in 1..<10 {
        #expect { try client.send([:], to: "/completions") } throws: {
          ($0 as? ToolError)?.status == .badData
        }
      }
      #expect { try client.send([:], to: "/completions") } throws: { ($0 as? ToolError)?.status == .ioError }
    }
    let overloaded = try client(replies(.json("{}"), .json("", status: 503)))
    #expect(try overloaded.send([:], to: "/completions") == .reply([:]))
    #expect { try overloaded.send([:], to: "/completions") } throws: {
      ($0 as? ToolError)?.status == .ioError
    }
  }

  /// The same of a reply that is cut or too large; a server that is not there is none.
  @Test func aBrokenConnectionCostsACaseWhereOthersAreAnswered() throws {
    for (trouble, status) in [
      (TransportFailure.broken, ExitStatus.badData), (.tooLarge, .badData), (.timeout, .ioError),
      (.connection("cannot connect"), .ioError),
    ] {
      let isFirst = Mutex(true)
      let client = try client(
        FakeTransport { _, _ throws(TransportFailure) in
          guard
            isFirst.withLock({ first in
              defer { first = false }
              return first
            })
          else { throw trouble }
          return .json("{}")
        })
      #expect(try client.send([:], to: "/completions") == .reply([:]))
      #expect(failure { _ = try client.send([:], to: "/completions") }?.status == status)
    }
  }

  /// Servers share the requests, and one that is not there gets no more of them.
  @Test func aPoolLeavesAloneWhatDoesNotAnswer() throws {
    let (first, second) = (replies(.json("{}")), replies(.json("{}")))
    let down = FakeTransport { _, _ throws(TransportFailure) in throw .connection("cannot connect") }
    let pool = ServerPool([first, down, second])
    var failures = 0
    for _ in 0..<20 {
      do throws(TransportFailure) {
        _ = try pool.post(Array("{}".utf8), to: "/completions", isStopped: { false })
      } catch {
        failures += 1
      }
    }
    #expect(failures == 1 && down.requests.count == 1)
    #expect(first.requests.count >= 6 && second.requests.count >= 6)
  }

  /// The first request may be the bad one: nothing is said of the server before the others are asked.
  @Test(arguments: [1, 3]) func theFirstCaseMayBeTheBadOne(_ concurrency: Int) throws {
    let readout = Readout.generate(prefill: "", maximumTokens: 24, answers: Readout.generatedAnswers)
    let transport = FakeTransport { _, request throws(TransportFailure) in
      let text = request["messages"]?.array?.first?["content"]?.string ?? ""
      if text.hasPrefix("Bad") { throw .broken }
      return .json(
        #"{"choices": [{"message": {"content": "No."}, "finish_reason": "stop"}], "usage": {"completion_tokens": 2}}"#
      )
    }
    let bad = try record("a", task: "refusal", readout: readout, text: "Bad one. Now.")
    let good = try record("b", task: "refusal", readout: readout)
    let results = try label([bad, good], template: nil, concurrency: concurrency, transport)
    #expect(failure { _ = try results[0].get() }?.message == "case \"a\": the connection broke")
    #expect(failure { _ = try results[1].get() } == nil)
    #expect(failure { _ = try label([bad], template: nil, transport) }?.status == .ioError)
  }

  /// A server that answered, and then none any more, is down; one that answers an earlier request again is
  /// not.
  @Test func requestsThatAreGivenUpLast() throws {
    for (isDown, status) in [(true, ExitStatus.ioError), (false, nil)] {
      let count = Mutex(0)
      let client = try client(
        FakeTransport { _, request in
          let isFirst = count.withLock {
            $0 += 1
            return $0 == 1
          }
          let isAnswered = isFirst || !isDown && request["text"] == "good"
          return isAnswered ? .json("{}") : .json("", status: 500)
        })
      #expect(try client.send(["text": "good"], to: "/completions") == .reply([:]))
      #expect(failure { _ = try client.send(["text": "bad"], to: "/completions") }?.status == .badData)
      #expect(failure { try client.checkAnswers() }?.status == status)
    }
  }

  @Test func whatIsNoAnswerIsShown() throws {
    #expect(
      try failure(.json("<html>\n<h1>Gone</h1>"))?.message
        == "the answer is not a JSON object: <html> <h1>Gone</h1>")
    #expect(try failure(.json("data: {}"))?.message == "the answer is not a JSON object: data: {}")
    #expect(try failure(.json(" \n"))?.message == "the answer is empty")
    #expect(try failure(.json("", status: 307))?.message.contains("sends requests elsewhere") == true)
    for status in [409, 431, 451] {
      let client = try client(replies(.json(#"{"message": "not this"}"#, status: status)))
      #expect(try client.send([:], to: "/completions") == .refused("not this"))
    }
  }
}
