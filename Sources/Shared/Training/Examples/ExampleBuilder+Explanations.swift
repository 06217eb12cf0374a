import Cases
import Streams
import Tasks

// What a checkpoint is to say of itself, as examples.
extension ExampleBuilder {
  /// An explanation of every feature of a case, labelled by what `target` did; of a row, what it says.
  /// Throws `ToolError` (65) where a case has no behaviours of `target`, its task is not known, or an
  /// explanation is longer than any that is read of a checkpoint.
  public mutating func explanations(
    of record: TrainingRecord, target: String
  ) throws(ToolError) -> [TrainingExample] {
    guard case .labelled(let labelled, let weight, let position) = record.content else {
      return [row(record, objective: .explain)]
    }
    let task = try task(of: labelled, position)
    // All of them before the first is counted or redrawn: a case counts whole or not at all.
    let (original, truths) = try Self.truths(labelled, target, position)
    let noiseBefore = noise
    let explained = zip(labelled.features, truths).map { feature, truth in
      (feature, label: given(truth, original: original, labelled, feature))
    }
    do throws(ToolError) {
      for (feature, label) in explained {
        try checkLength(task.explanationText(for: label), labelled, feature, position)
      }
    } catch {
      noise = noiseBefore
      throw error
    }
    return explained.map { feature, label in
      labels.add(label, of: labelled)
      return TrainingExample(
        id: "\(labelled.id)/explain/\(feature.id)", group: labelled.id, objective: .explain,
        messages: task.explanationMessages(for: labelled, feature: feature), prefill: "",
        completion: task.explanationText(for: label), endsTurn: true, weight: weight)
    }
  }

  /// A checkpoint could learn a longer explanation, but never be heard to the end.
  private func checkLength(
    _ text: String, _ labelled: Case, _ feature: Feature, _ position: SourcePosition
  ) throws(ToolError) {
    guard let count = tokenCount?(text), count > Explanation.mostTokens else { return }
    throw .badData(
      "case \"\(labelled.id)\": the explanation of \"\(feature.id)\" has \(count) tokens, more than the "
        + "\(Explanation.mostTokens) that are read of a checkpoint",
      at: position)
  }

  /// Deals the labels of these records out anew: what `explanations` gives them from now on. Records that it
  /// will reject have no part in it.
  mutating func shuffleLabels(of records: [TrainingRecord], target: String) {
    var entries: [LabelDeal.Entry] = []
    for record in records {
      guard case .labelled(let labelled, _, let position) = record.content,
        (try? task(of: labelled, position)) != nil,
        let (_, truths) = try? Self.truths(labelled, target, position)
      else { continue }
      entries += zip(labelled.features, truths).map {
        LabelDeal.Entry(labelled: labelled, feature: $0, label: $1)
      }
    }
    deal = LabelDeal(entries, seed: seed)
  }

  /// What `target` did on x, and the label of each feature.
  private static func truths(
    _ labelled: Case, _ target: String, _ position: SourcePosition
  ) throws(ToolError) -> (original: String, labels: [ExplanationLabel]) {
    let behavior = try behavior(labelled, target, position)
    var labels: [ExplanationLabel] = []
    for feature in labelled.features {
      guard let label = ExplanationLabel(behavior, featureID: feature.id) else {
        throw isMissing(feature, labelled, target, position)
      }
      labels.append(label)
    }
    return (behavior.original.answer, labels)
  }

  /// The label that a feature is trained on: its own or the one that it was dealt, or what noise made of
  /// that.
  private mutating func given(
    _ truth: ExplanationLabel, original: String, _ labelled: Case, _ feature: Feature
  ) -> ExplanationLabel {
    noise.labels += 1
    var random = CounterRandom(seed: seed, "label-noise", labelled.id, feature.id)
    var label = deal?.label(for: feature, of: labelled, original: original) ?? truth
    if random.uniform() < labelNoise {
      let answers = labelled.readout.answers
      let answer = answers[random.integer(below: answers.count)]
      label = ExplanationLabel(changed: answer != original, answer: answer)
      noise.redrawn += 1
    }
    if label.answer == truth.answer { noise.agreeing += 1 }
    return label
  }
}
