import Streams
import Transformer

extension PromptEncoder {
  /// How many tokens a text has that follows a prompt.
  public var tokenCount: @Sendable (String) -> Int { { continuation($0).count } }

  /// The tokens of an example: prompt and prefill as one text, the completion on its own, the end of turn
  /// where the example ends it; one element for each completion that is scored. Throws `ToolError` (65) where
  /// it does not fit the context or has nothing to learn.
  public func encode(_ example: TrainingExample) throws(ToolError) -> [EncodedExample] {
    let scored = example.scored
    var completions: [[Int32]] = []
    for answer in scored {
      let tokens = continuation(answer.text) + (example.endsTurn ? [endOfTurn] : [])
      guard !tokens.isEmpty else { throw .badData("\"\(example.group)\" has an empty completion") }
      completions.append(tokens)
    }
    let prompt: [Int32]
    do throws(ToolError) {
      let room = completions.reduce(0) { max($0, $1.count) }
      prompt = try self.prompt(example.messages, prefill: example.prefill, room: room)
    } catch {
      throw ToolError(error.status, "\"\(example.group)\" \(error.message)")
    }
    return zip(scored, completions).map { answer, completion in
      EncodedExample(
        tokens: prompt + completion, firstScored: prompt.count, weight: Float(answer.weight),
        objective: example.objective, isDistilled: example.isDistilled)
    }
  }
}
