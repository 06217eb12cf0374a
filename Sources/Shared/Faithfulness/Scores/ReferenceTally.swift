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
  /// What the data set says the answer is, where it is one that the readout can give.
  var referenceAnswer: String? {
    guard let answer = json["reference"]?["answer"]?.string, readout.answers.contains(answer) else {
      return nil
    }
    return answer
  }
}
