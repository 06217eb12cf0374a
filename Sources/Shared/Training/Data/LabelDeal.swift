import Cases
import Streams

/// Explanation labels dealt out anew among the cases (`--shuffle-labels`), the control for all that an
/// explainer can learn of labels without reading the case: how often each answer is given, and the form of
/// the sentence.
///
/// What is dealt is the place of the x∖C answer among the readout's answers, among features of one task and
/// kind with equally many answers: with letters that is the letter itself, and with options' texts, which
/// differ from case to case, it still is an answer that the case has. Each place is given as often as before.
/// "Changed" is then said of the case's own answer to x.
struct LabelDeal {
  /// Where an answer stands among a case's answers, by case and feature; a list, for a case can be in two
  /// files.
  private var dealt: [Key: [Int]] = [:]

  private struct Key: Hashable, Comparable {
    var caseID: String
    var featureID: String

    static func < (a: Key, b: Key) -> Bool { (a.caseID, a.featureID) < (b.caseID, b.featureID) }
  }

  private struct Group: Hashable {
    var task: String
    var kind: String
    var answers: Int
  }

  /// The labels of one feature of a case.
  struct Entry {
    var labelled: Case
    var feature: Feature
    var label: ExplanationLabel
  }

  /// Deals the labels out: a function of the seed and of the cases, not of their order.
  init(_ entries: [Entry], seed: UInt64) {
    var hands: [Group: [(key: Key, place: Int)]] = [:]
    for entry in entries {
      let answers = entry.labelled.readout.answers
      guard let place = answers.firstIndex(of: entry.label.answer) else { continue }
      let group = Group(task: entry.labelled.task, kind: entry.feature.kind, answers: answers.count)
      let key = Key(caseID: entry.labelled.id, featureID: entry.feature.id)
      hands[group, default: []].append((key, place))
    }
    for (group, hand) in hands {
      let sorted = hand.sorted { ($0.key, $0.place) < ($1.key, $1.place) }
      var random = CounterRandom(seed: seed, "shuffle-labels", group.task, group.kind, "\(group.answers)")
      for (place, key) in zip(random.shuffled(sorted.map(\.place)), sorted.map(\.key)) {
        dealt[key, default: []].append(place)
      }
    }
  }

  /// The label that a feature of a case was dealt; nil where it was in no hand. Each is given once.
  mutating func label(for feature: Feature, of labelled: Case, original: String) -> ExplanationLabel? {
    let key = Key(caseID: labelled.id, featureID: feature.id)
    guard let place = dealt[key]?.popLast() else { return nil }
    let answer = labelled.readout.answers[place]
    return ExplanationLabel(changed: answer != original, answer: answer)
  }
}
