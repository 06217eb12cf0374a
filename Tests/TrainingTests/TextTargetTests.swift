import Cases
import Labelling
import Streams
import Tasks
import Testing
import TinyModels
import Training
import Transformer

/// What is trained of a behaviour is what is scored of it, token for token.
@Suite struct TextTargetTests {
  private static let readout = Readout.choice(
    prefill: "Answer:", choices: ["er", "ering words"], reading: ChoiceReading(delimiter: " ", score: .mean))

  private func labelled() -> Case {
    var record = Case(
      id: "a", task: "hint", source: CaseSource(dataset: "d", file: "f", row: 0, item: .of("a")),
      messages: [Message(role: "user", content: "Say a word.")], readout: Self.readout, features: [],
      reference: nil)
    let scores = [-2.0, -3].enumerated().map {
      Behavior.ChoiceScore(choice: Self.readout.answers[$0.offset], logProbability: $0.element)
    }
    record.setBehavior(
      CaseBehavior(
        model: nil, original: Behavior(answer: "ering words", scores: scores), counterfactual: [:]),
      of: "M0")
    return record
  }

  private func example(_ targets: BehaviorTargets) throws -> TrainingExample {
    var builder = ExampleBuilder(labelNoise: 0, seed: 0)
    let record = TrainingRecord(
      content: .labelled(labelled(), weight: 1, position: SourcePosition(file: "f")), line: [])
    let examples = try builder.behaviors(of: record, LearnedBehavior(name: "M0", targets: targets))
    return try #require(examples.first)
  }

  @Test func completionsBeginWithTheDelimiter() throws {
    let model = try TinyModel.languageModel(threads: 1)
    let request = LabellingRequest(name: "M1", explain: false, replace: false)
    let asked = try CaseQueries(labelled(), request: request, model: model)
    guard case .score(let prompt, let continuations) = try #require(asked.queries.first) else {
      Issue.record("a choice is scored")
      return
    }
    let hard = try model.prompts.encode(example(.hard))
    #expect(hard.map(\.tokens) == [prompt + continuations[1]])
    let soft = try model.prompts.encode(example(.soft))
    #expect(soft.map(\.tokens) == continuations.map { prompt + $0 })
    #expect(soft.allSatisfy { $0.firstScored == prompt.count })
  }

  /// The probabilities of the whole texts, whatever the answer was chosen by.
  @Test func softTargetsAreProbabilities() throws {
    let weights = try example(.soft).distribution.map(\.weight)
    #expect(abs(weights[0] - 0.7310585786) < 1e-9 && abs(weights[1] - 0.2689414214) < 1e-9)
  }
}
