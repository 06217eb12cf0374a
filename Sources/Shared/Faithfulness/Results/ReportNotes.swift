import Streams

// What a report says beside its numbers.
extension ScoreReport {
  static func notes(_ table: PairTable, _ rows: [ScoreRow]) -> [String] {
    var notes = [
      "[a, b] is a 95 % interval: bootstrap over source items for scores, the middle of the draws for "
        + "the null.",
      "p is the sign-flip permutation test over items, two-sided and exact; McNemar is exact too, but "
        + "assumes independent pairs, which variants and features of one item are not.",
      "Each row is tested on its own; Holm-adjusted p-values take the rows of a kind (of the report, of the "
        + "breakdown) as one family.",
      "null: explanations permuted among pairs with the same task, feature kind and B(Mt, x); its p is "
        + "one-sided.",
    ]
    if !table.plan.arms.isEmpty {
      notes.append(
        "An arm's scores are means over its checkpoints, and on D shares of the diverged pairs of all of them; its "
          + "intervals resample source items and checkpoints. With few checkpoints they are too narrow: three seeds are not a population."
      )
    }
    let without = table.cases.withoutItem
    if without > 0 {
      let whole = without == table.cases.selected - table.cases.withoutFeatures
      notes.append(
        (whole ? "No case has" : "\(grouped(without)) cases lack")
          + " source.item: each is an item of its own, "
          + "and intervals are too narrow if they share items.")
    }
    for orig in table.plan.origs {
      guard let baselines = rows.first(where: { $0.origName == orig })?.baselines else { continue }
      let source =
        switch baselines.trainingLabelSource {
        case .train: "\(grouped(baselines.trainingLabels)) labels of \(orig) in rows of split train"
        case .scored: "\(orig)'s labels of the scored pairs, as no row of split train has any"
        case .mixed:
          "labels of \(orig) in rows of split train, of the scored pairs for tasks without such rows"
        }
      notes.append("majority of training labels: \(source).")
    }
    let tasks = Set(table.taskOfCase).count
    if tasks > 1 { notes.append("\(tasks) tasks are pooled; --by task shows each.") }
    return notes
  }
}
