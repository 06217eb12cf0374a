import Cases
import Streams

/// How often answers are the record's reference.
struct ReferenceTally: Sendable {
  private(set) var count = 0
  private var right = 0

  mutating func add(_ behavior: Behavior, _ reference: String?) {
    guard let reference else { return }
    count += 1
    if behavior.answer == reference { right += 1 }
  }

  mutating func add(_ other: ReferenceTally) {
    count += other.count
    right += other.right
  }

  var accuracy: Double? { ratio(right, count) }
}

extension Case {
  /// What the data set says the answer to x is, or to x∖C: there it may say another one,
  /// `reference.counterfactual`, by feature. nil where it says none that the readout can give.
  func referenceAnswer(without feature: Feature? = nil) -> String? {
    let reference = json["reference"]
    let without = feature.flatMap { reference?["counterfactual"]?[$0.id]?.string }
    guard let answer = without ?? reference?["answer"]?.string, readout.answers.contains(answer) else {
      return nil
    }
    return answer
  }
}
