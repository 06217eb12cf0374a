import Testing
import TinyModels
import Transformer

@Suite struct EvaluatorTests {
  /// Every next-token log-probability of the reference sequences, asked as one-token continuations of every
  /// prefix.
  private func queries(_ sequences: [TinyModel.Reference.Sequence]) -> [Query] {
    sequences.flatMap { sequence in
      (1..<sequence.tokens.count).map { end in
        .score(prompt: Array(sequence.tokens[..<end]), continuations: [[sequence.tokens[end]]])
      }
    }
  }

  private func scores(_ results: [QueryResult]) -> [Double] {
    results.flatMap { result -> [Double] in if case .scores(let values) = result { values } else { [] } }
  }

  @Test(arguments: [false, true]) func logProbabilitiesEqualPyTorch(isFrozen: Bool) throws {
    let reference = try TinyModel.reference()
    let decoder = try isFrozen ? TinyModel.frozenDecoder(threads: 2) : TinyModel.decoder(threads: 2)
    let evaluator = Evaluator(decoder: decoder)
    let found = try scores(evaluator.evaluate(queries(reference.sequences)))
    let expected = reference.logProbabilities.flatMap { $0 }
    try #require(found.count == expected.count)
    for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-4) }
  }

  @Test func logProbabilitiesEqualTheNaiveDecoder() throws {
    let reference = try TinyModel.reference()
    let decoder = try TinyModel.frozenDecoder(threads: 2)
    let naive = try NaiveDecoder()
    let chosen = Array(reference.sequences.prefix(5))
    let found = try scores(Evaluator(decoder: decoder).evaluate(queries(chosen)))
    let expected = chosen.flatMap { sequence in
      zip(naive.logProbabilities(sequence.tokens), sequence.tokens.dropFirst()).map { $0[Int($1)] }
    }
    try #require(found.count == expected.count)
    for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-4) }
  }

  @Test(arguments: [1, 2, 3]) func resultsDoNotDependOnThreadsOrBatching(threads: Int) throws {
    let reference = try TinyModel.reference()
    let asked = reference.sequences.flatMap { sequence -> [Query] in
      let prompt = Array(sequence.tokens[..<sequence.firstScored])
      return [
        .score(
          prompt: prompt,
          continuations: [Array(sequence.tokens[sequence.firstScored...]), [5, 6, 7], [5, 6, 8]]),
        .generate(prompt: prompt, maximumTokens: 12, stop: []),
      ]
    }
    let evaluator = Evaluator(decoder: try TinyModel.frozenDecoder(threads: threads))
    let together = try evaluator.evaluate(asked)
    let alone = try asked.map { try evaluator.evaluate([$0])[0] }
    let reversed = try Array(evaluator.evaluate(asked.reversed()).reversed())
    for others in [alone, reversed] {
      for (a, b) in zip(together, others) {
        switch (a, b) {
        case (.scores(let a), .scores(let b)): for (x, y) in zip(a, b) { #expect(abs(x - y) < 1e-4) }
        case (.generated(let a, _), .generated(let b, _)): #expect(a == b)
        default: Issue.record("results of different kinds")
        }
      }
    }
  }

  @Test func greedyTextEqualsTheNaiveDecoder() throws {
    let reference = try TinyModel.reference()
    let decoder = try TinyModel.frozenDecoder(threads: 2)
    let naive = try NaiveDecoder()
    let evaluator = Evaluator(decoder: decoder)
    for sequence in reference.sequences.prefix(4) {
      let query = Query.generate(prompt: sequence.tokens, maximumTokens: 8, stop: [])
      #expect(try evaluator.evaluate([query]) == [naive.answer(query)])
    }
  }

  /// Whether the memory is empty, right, or wrong at every third token: texts and what is counted stay the same.
  @Test func draftsDoNotChangeTexts() throws {
    let prompts = try TinyModel.reference().sequences.map(\.tokens)
    func evaluator(_ memory: ContinuationMemory = ContinuationMemory()) throws -> Evaluator {
      Evaluator(decoder: try TinyModel.frozenDecoder(threads: 2), memory: memory)
    }
    func queries(stop: Set<Int32>) -> [Query] {
      prompts.map { .generate(prompt: $0, maximumTokens: 12, stop: stop) }
    }
    let texts = try evaluator().evaluate(queries(stop: [])).map { result -> [Int32] in
      if case .generated(let tokens, _) = result { tokens } else { [] }
    }
    for (stop, mistakes) in [([], 0), ([], 3), ([texts[0][5]], 0), ([texts[0][5]], 3)] as [(Set<Int32>, Int)]
    {
      let once = try evaluator()
      let expected = try once.evaluate(queries(stop: stop))
      var memory = ContinuationMemory()
      for text in texts {
        for index in text.indices {
          let isWrong = mistakes > 0 && index % mistakes == 0
          for _ in 0..<3 {
            memory.observe(isWrong ? text[index] ^ 1 : text[index], after: Array(text[..<index]))
          }
        }
      }
      let experienced = try evaluator(memory)
      #expect(try experienced.evaluate(queries(stop: stop)) == expected)
      #expect(experienced.tokens == once.tokens)
    }
  }

  @Test func generationEndsAtAStopToken() throws {
    let evaluator = Evaluator(decoder: try TinyModel.decoder(threads: 1))
    let prompt: [Int32] = [7, 8, 9]
    guard
      case .generated(let free, _) = try evaluator.evaluate([
        .generate(prompt: prompt, maximumTokens: 6, stop: [])
      ])[0]
    else { return }
    try #require(free.count == 6)
    let stop = free[3]
    let expected = Array(free.prefix { $0 != stop })
    let found = try evaluator.evaluate([.generate(prompt: prompt, maximumTokens: 6, stop: [stop])])
    #expect(found == [.generated(tokens: expected, stopped: true)])
  }
}
