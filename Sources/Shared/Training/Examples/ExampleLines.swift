import Streams
import Transformer

/// What a line of `xp-train examples` says (`--format`).
public enum ExampleFormat: String, CaseIterable, Sendable {
  /// All that is known of an example.
  case examples
  /// The columns `prompt` and `completion` as text, as TRL's trainers read them.
  case trl
  /// The column `messages`: the conversation, the answer its last turn.
  case messages
}

/// The lines of `xp-train examples`: one for each completion that is scored.
public struct ExampleLines {
  private let examples: [TrainingExample]
  private let encoded: [[EncodedExample]]?
  private let prompts: PromptEncoder?
  private let format: ExampleFormat
  private let isRendered: Bool
  private var permutation: (epoch: Int, order: [Int]) = (-1, [])

  /// - Parameters:
  ///   - encoded: the completions of each example; nil without a model.
  ///   - prompts: what they were encoded with; nil without a model.
  ///   - isRendered: whether prompts and tokens are wanted too.
  public init(
    examples: [TrainingExample], encoded: [[EncodedExample]]?, prompts: PromptEncoder?, format: ExampleFormat,
    isRendered: Bool
  ) {
    self.examples = examples
    self.encoded = encoded
    self.prompts = prompts
    self.format = format
    self.isRendered = isRendered
  }

  /// The lines of a step, counted from 1.
  public mutating func lines(ofStep step: Int, in order: ExampleOrder) throws(ToolError) -> [JSONObject] {
    let (epoch, places) = order.places(ofStep: step)
    if permutation.epoch != epoch { permutation = (epoch, order.permutation(epoch: epoch)) }
    return permutation.order[places].flatMap { index in
      let example = examples[index]
      return example.records.enumerated().map { place, record in
        var line: JSONObject = [
          "id": .string(example.id), "group": .string(example.group), "step": .integer(step),
        ]
        for member in body(example, record, encoded?[index][place]) { line[member.key] = member.value }
        return line
      }
    }
  }

  private func body(
    _ example: TrainingExample, _ record: JSONObject, _ encoded: EncodedExample?
  ) -> [JSONObject.Member] {
    var line = JSONObject()
    switch (format, encoded) {
    case (.messages, _):
      let answer = example.prefill + (record["completion"]?.string ?? "")
      let turn: JSON = ["role": "assistant", "content": .string(answer)]
      line["messages"] = .array(example.messages.map(\.json) + [turn])
      line["weight"] = record["weight"]
    case (.trl, let encoded?):
      line["prompt"] = text(encoded.tokens[..<encoded.firstScored])
      line["completion"] = text(encoded.tokens[encoded.firstScored...])
      line["weight"] = record["weight"]
    case (_, let encoded):
      line = record
      guard isRendered, let encoded else { break }
      line["prompt"] = text(encoded.tokens[..<encoded.firstScored])
      line["token_ids"] = .array(encoded.tokens.map { .integer(Int($0)) })
      line["loss_mask"] = .array(
        encoded.tokens.indices.map { .integer($0 < encoded.firstScored ? 0 : 1) })
    }
    return line.members
  }

  private func text(_ tokens: ArraySlice<Int32>) -> JSON {
    .string(prompts?.tokenizer.decodeWithSpecialTokens(tokens) ?? "")
  }
}
