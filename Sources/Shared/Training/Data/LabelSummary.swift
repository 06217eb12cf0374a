import Cases

/// What there is to be learned from the explanation labels, before anything is trained on them.
public struct LabelSummary: Equatable, Sendable {
  /// Explanation labels, as they are trained.
  public private(set) var count = 0
  /// Those that say "changed".
  public private(set) var changed = 0
  /// Labels by their answer to x∖C.
  public var answers: [String: Int] { counts.named }
  private var counts = AnswerCounts()
  /// Source items; a case without one counts as its own.
  private var items: Set<String> = []

  /// From this share on one answer is nothing to learn (`mostCommon`).
  public static let evenShare = 0.95

  init() {}

  mutating func add(_ label: ExplanationLabel, of labelled: Case) {
    count += 1
    if label.changed { changed += 1 }
    counts.add(label.answer, among: labelled.readout.answers)
    items.insert(labelled.sourceItem ?? labelled.id)
  }

  /// Different source items.
  public var itemCount: Int { items.count }

  /// The share of labels that say "changed"; nil where there are none.
  public var changedShare: Double? { count == 0 ? nil : Double(changed) / Double(count) }

  /// The answer that most labels have, the first by name of equals, and its share; nil where there are no
  /// labels.
  public var mostCommon: (answer: String, share: Double)? {
    answers.max { ($0.value, $1.key) < ($1.value, $0.key) }.map { ($0.key, Double($0.value) / Double(count)) }
  }

  /// Of the answers to x∖C, in bits.
  public var entropy: Double { shannonEntropy(of: Array(answers.values)) }

  /// Why nothing is to be learned; nil where something is.
  public var warning: String? {
    guard count > 0 else { return nil }
    if changed == 0 { return "no label says \"changed\": there is nothing to explain" }
    if changed == count { return "every label says \"changed\": that word is all there is to learn of it" }
    if let (answer, share) = mostCommon, share >= Self.evenShare {
      return "nearly every label has the answer \"\(answer)\": there is nothing to explain"
    }
    return nil
  }
}
