import Cases
import Streams

/// What an example teaches.
public enum Objective: String, CaseIterable, Sendable {
  /// To say how the answer would change without a feature.
  case explain
  /// To answer an input as a checkpoint did.
  case behave
}

/// One text to learn: a prompt, the given start of the assistant's turn, and the completion that is scored;
/// or a distribution over completions.
public struct TrainingExample: Equatable, Sendable {
  /// Names the example: of a case its id, the objective and the feature, where there is one; of a row its id.
  public var id: String
  /// Examples of one group share their prompt's beginning and are kept together when cases are shuffled.
  public var group: String
  /// Under which its loss is reported.
  public var objective: Objective
  /// The prompt, before the chat template.
  public var messages: [Message]
  /// Given, not scored.
  public var prefill: String
  /// What the assistant is to say after the prefill, as plain text.
  public var completion: String
  /// Every answer with its probability, where the example teaches a distribution: its loss is the cross
  /// entropy against it, the answers' losses weighted by their probabilities, and `completion` is the answer.
  /// Empty: the completion alone.
  public var distribution: [WeightedAnswer]
  /// Whether the model's distribution before training is learned at every token of the completion, over the
  /// whole vocabulary: the loss is the divergence from it, and the completion only says where.
  public var isDistilled: Bool
  /// Whether the end-of-turn token follows the completion, and is scored.
  public var endsTurn: Bool
  /// What each of its tokens' losses is multiplied by.
  public var weight: Double

  /// Nothing is checked here; whether it fits the context shows when it is encoded.
  public init(
    id: String, group: String, objective: Objective, messages: [Message], prefill: String,
    completion: String, distribution: [WeightedAnswer] = [], isDistilled: Bool = false, endsTurn: Bool,
    weight: Double
  ) {
    self.id = id
    self.group = group
    self.objective = objective
    self.messages = messages
    self.prefill = prefill
    self.completion = completion
    self.distribution = distribution
    self.isDistilled = isDistilled
    self.endsTurn = endsTurn
    self.weight = weight
  }

  /// What is scored: the completion with the example's weight, or every answer with its share of it.
  public var scored: [WeightedAnswer] {
    distribution.isEmpty
      ? [WeightedAnswer(text: completion, weight: weight)]
      : distribution.map { WeightedAnswer(text: $0.text, weight: weight * $0.weight) }
  }

  /// The records that `--write-examples` writes, one for each completion that is scored.
  public var records: [JSONObject] {
    scored.map { answer in
      var record: JSONObject = [
        "messages": .array(messages.map(\.json)), "prefill": .string(prefill),
        "completion": .string(answer.text), "end_of_turn": .bool(endsTurn),
        "objective": .string(objective.rawValue), "weight": .real(answer.weight),
      ]
      if isDistilled { record["targets"] = .string(BehaviorTargets.kl.rawValue) }
      return record
    }
  }
}

/// A completion, and how much it counts.
public struct WeightedAnswer: Equatable, Sendable {
  /// The completion, after the prefill.
  public var text: String
  /// What each of its tokens' losses is multiplied by, or its probability in a distribution.
  public var weight: Double

  /// A weight of 0 keeps the text in the step, but out of the loss.
  public init(text: String, weight: Double) {
    self.text = text
    self.weight = weight
  }
}
