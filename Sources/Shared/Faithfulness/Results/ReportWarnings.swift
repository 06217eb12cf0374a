import Streams

// What a report warns of.
extension ScoreReport {
  static func warnings(_ health: [Health], _ said: [Said], _ rows: [ScoreRow]) -> [ReportWarning] {
    var warnings = health.flatMap(\.warnings) + said.flatMap(\.warnings)
    var named: Set<String> = []
    // The untrained baseline is not expected to know the form of an explanation.
    for row in rows
    where !row.isBaseline && (row.scores.valid ?? 1) < 0.5 && named.insert(row.selfName).inserted {
      warnings.append(
        ReportWarning(
          kind: .unparsedExplanations, name: row.selfName,
          text: "\(row.selfName): only \(percent(row.scores.valid ?? 0)) of the explanations parse"))
    }
    if let items = rows.first?.items, items < Verdict.fewestItems {
      warnings.append(
        ReportWarning(
          kind: .fewItems,
          text:
            "\(items) source items: bootstrap intervals from fewer than \(Verdict.fewestItems) are too narrow"
        ))
    }
    return warnings
  }
}

extension Health {
  fileprivate var warnings: [ReportWarning] {
    var warnings: [ReportWarning] = []
    for (input, answers) in [("x", original), ("x∖C", counterfactual)]
    where answers.mostCommonShare >= Self.collapseShare {
      warnings.append(
        ReportWarning(
          kind: .collapsedBehaviour, name: checkpoint, task: task,
          text: "\(checkpoint) has collapsed on task \(task): \(percent(answers.mostCommonShare)) of its "
            + "answers on \(input) are \(answers.mostCommon) (\(percent(Self.collapseShare)) or more), "
            + "which makes every score with it meaningless"))
    }
    if !isCollapsed, let best = bestSurface, best.accuracy >= Self.predictableShare {
      warnings.append(
        ReportWarning(
          kind: .predictableBehaviour, name: checkpoint, task: task,
          text: "\(checkpoint) can be read off the surface on task \(task): \(best.reader.phrase) predicts "
            + "\(percent(best.accuracy)) of its answers on x∖C (\(percent(Self.predictableShare)) or more), "
            + "so that explaining them shows nothing"))
    }
    let incomplete = original.incomplete + counterfactual.incomplete
    if incomplete > 0 {
      warnings.append(
        ReportWarning(
          kind: .incompleteLogProbabilities, name: checkpoint, task: task,
          text: "\(checkpoint) has no log-probability of some choice in \(grouped(incomplete)) of "
            + "\(grouped(cases + pairs)) answers on task \(task): each is the likeliest of the choices that its server "
            + "gave, and the mass on the choices is of the other answers"))
    }
    return warnings
  }
}

extension Said {
  fileprivate var warnings: [ReportWarning] {
    if isUninformative {
      return [
        ReportWarning(
          kind: .uninformativeExplanations, name: explainer, task: task,
          text:
            "\(explainer) says \"changed\" no better than one that always says the same on task \(task): macro "
            + "F1 \(score(macroF1)), of that one \(score(constantMacroF1))")
      ]
    }
    guard !collapse.isEmpty else { return [] }
    return [
      ReportWarning(
        kind: .collapsedExplanations, name: explainer, task: task,
        text: "the explanations of \(explainer) have collapsed on task \(task): "
          + collapse.joined(separator: "; "))
    ]
  }
}
