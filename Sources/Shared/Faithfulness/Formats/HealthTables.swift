import Streams

// What the checkpoints do, and what the explainers say, apart from whether the two are the same.
extension ScoreReport {
  /// The health of the behaviours, a line a checkpoint and task.
  package var healthTable: ReportTable { Health.table(health) }

  /// What the explainers say, a line an explainer and task.
  package var saidTable: ReportTable {
    var table = ReportTable([
      "NAME", "task", "pairs", "valid", "most common explanation", "share", "said changed", "changed",
      "macro F1",
      "always the same",
    ])
    for line in said {
      table.add([
        line.explainer, line.task, grouped(line.pairs), score(line.valid), line.mostCommon ?? "–",
        score(line.mostCommonShare), score(line.saidChanged), score(line.changed), score(line.macroF1),
        score(line.constantMacroF1),
      ])
    }
    return table
  }
}

extension Health {
  /// A line a checkpoint and task.
  static func table(_ lines: [Health]) -> ReportTable {
    var table = ReportTable([
      "NAME", "task", "cases", "pairs", "entropy x", "entropy x∖C", "most common x", "most common x∖C",
      "changed",
      "reference x", "reference x∖C", "surface x∖C", "mass x", "mass x∖C", "valid outputs", "cut off",
    ])
    func common(_ answers: Health.Answers) -> String {
      "\(answers.mostCommon) \(percent(answers.mostCommonShare))"
    }
    for line in lines {
      table.add([
        line.checkpoint, line.task, grouped(line.cases), grouped(line.pairs), fixed(line.original.entropy, 3),
        fixed(line.counterfactual.entropy, 3), common(line.original), common(line.counterfactual),
        score(line.changed), score(line.original.referenceAccuracy),
        score(line.counterfactual.referenceAccuracy),
        line.bestSurface.map { "\($0.reader.rawValue) \(percent($0.accuracy))" } ?? "–",
        score(line.original.mass), score(line.counterfactual.mass),
        score(line.validOutputs), score(line.cutOff),
      ])
    }
    return table
  }
}
