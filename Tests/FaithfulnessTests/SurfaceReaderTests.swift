import Cases
import Faithfulness
import Streams
import Testing

/// What readers of the surface make of behaviours that can be read off it, and of those that cannot.
@Suite struct SurfaceReaderTests {
  /// A case whose x∖C is `text` and whose only checkpoint answers `answer` to it.
  private func record(
    _ index: Int, _ text: String, _ choices: [String], answer: String, item: String? = nil,
    generated: Bool = false
  ) throws -> Case {
    let names = JSON.array(choices.map { .string($0) })
    let outcome: JSON =
      generated
      ? ["answer": .string(answer), "text": "…", "tokens": 1, "finish": "stop"] : ["answer": .string(answer)]
    return try Case(
      json: [
        "schema": "case/1", "id": .string("case \(index)"), "task": "read", "split": "test",
        "source": ["item": .string(item ?? "item \(index)")],
        "messages": [
          ["role": "system", "content": "Be brief."], ["role": "user", "content": .string(text + "C")],
        ],
        "readout": generated
          ? ["kind": "generate", "max_tokens": 8, "answers": names]
          : ["kind": "choice", "prefill": "", "choices": names],
        "features": [
          [
            "id": "c", "kind": "hint", "text": "C",
            "span": [
              "message": 1, "start": .integer(text.utf8.count), "end": .integer(text.utf8.count + 1),
            ],
            "messages": [
              ["role": "system", "content": "Be brief."], ["role": "user", "content": .string(text)],
            ],
          ]
        ],
        "behaviors": ["M0": ["original": outcome, "counterfactual": ["c": outcome]]],
        "explanations": ["M0": ["c": ["text": "…", "changed": false, "answer": .string(answer)]]],
      ])
  }

  private func health(_ cases: [Case]) throws -> Health {
    try report(cases, selves: ["M0"], origs: ["M0"]).health[0]
  }

  private func accuracy(_ reader: Guess, _ health: Health) -> Double? {
    health.surface.first { $0.reader == reader }?.accuracy
  }

  /// Four words of different lengths, in an order by the index.
  private func words(_ index: Int) -> [String] {
    let words = ["ant", "zebra", "magpie", "squirrel"]
    var random = CounterRandom(seed: UInt64(index), "words")
    return random.shuffled(words)
  }

  @Test func theUsualLetter() throws {
    let cases = try (0..<200).map { index in
      try record(index, "Which \(index)?\n", ["A", "B", "C"], answer: index % 5 < 4 ? "B" : "A")
    }
    let health = try health(cases)
    #expect(accuracy(.position, health) == 0.8)
    #expect(accuracy(.optionLength, health) == nil)
    #expect(health.bestSurface?.reader == .position)
  }

  @Test(arguments: ["%@. ", "(%@) ", "%@) ", "%@: "])
  func theLongestOfListedOptions(form: String) throws {
    let cases = try (0..<200).map { index in
      let words = words(index)
      let lines = zip(["A", "B", "C", "D"], words).map { letter, word in
        "  " + form.split(separator: "%@", omittingEmptySubsequences: false).joined(separator: letter) + word
      }
      let answer = ["A", "B", "C", "D"][words.firstIndex(of: "squirrel") ?? 0]
      return try record(
        index, "Which of them?\n" + lines.joined(separator: "\n") + "\n", ["A", "B", "C", "D"], answer: answer
      )
    }
    let report = try report(cases, selves: ["M0"], origs: ["M0"])
    #expect(accuracy(.optionLength, report.health[0]) == 1)
    #expect(accuracy(.letter, report.health[0]) == 1)
    #expect((accuracy(.position, report.health[0]) ?? 1) < 0.45)
    #expect(report.warnings.map(\.kind) == [.predictableBehaviour])
  }

  @Test func theFirstLetterOfChoicesThatAreTexts() throws {
    let words = ["ant", "bee", "cow", "zoo"]
    let cases = try (0..<200).map { index in
      var random = CounterRandom(seed: UInt64(index), "words")
      return try record(index, "Which?", random.shuffled(words).map { " " + $0 }, answer: " zoo")
    }
    let health = try health(cases)
    #expect(accuracy(.letter, health) == 1)
    #expect((accuracy(.optionLength, health) ?? 1) < 0.45)
  }

  @Test func theFirstWordsAndTheLength() throws {
    let starts = ["How do", "Why would", "Please do"]
    let byWords = try (0..<150).map { index in
      try record(
        index, "\(starts[index % 3]) number \(index)", ["refuse", "comply"],
        answer: index % 3 == 0 ? "refuse" : "comply", generated: true)
    }
    #expect(accuracy(.firstWords, try health(byWords)) == 1)
    let byLength = try (0..<150).map { index in
      try record(
        index, "\(index) " + String(repeating: "word ", count: index % 2 == 0 ? 3 : 40),
        ["refuse", "comply"],
        answer: index % 2 == 0 ? "refuse" : "comply", generated: true)
    }
    #expect(accuracy(.promptLength, try health(byLength)) == 1)
  }

  @Test func nothingIsLearnedByHeart() throws {
    // Eight variants of an item begin with a word of their own and have one answer, by chance.
    var random = CounterRandom(seed: 3, "answers")
    var cases: [Case] = []
    for item in 0..<150 {
      let answer = random.integer(below: 2) == 0 ? "yes" : "no"
      for variant in 0..<8 {
        cases.append(
          try record(
            item * 8 + variant, "w\(item) or not", ["yes", "no"], answer: answer, item: "item \(item)"))
      }
    }
    let words = try #require(accuracy(.firstWords, try health(cases)))
    #expect(words < 0.65, "\(words)")
  }

  @Test func theReference() throws {
    let cases = try (0..<40).map { index in
      var record = try record(index, "Which \(index)?", ["A", "B"], answer: index % 4 == 0 ? "A" : "B").json
      record["reference"] = ["answer": index % 2 == 0 ? "B" : index == 1 ? "none of them" : .null]
      if index == 0 { record["reference"] = ["answer": "B", "counterfactual": ["c": "A"]] }
      return try Case(json: .object(record))
    }
    let health = try health(cases)
    #expect(health.original.references == 20)
    #expect(health.original.referenceAccuracy == 0.5)
    #expect(health.counterfactual.referenceAccuracy == 0.55)
  }
}
