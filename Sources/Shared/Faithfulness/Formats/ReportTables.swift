import Streams

// The tables of a report, as Markdown and the page show them.
extension ScoreReport {
  /// What was scored, in one line.
  package var summary: String {
    "Split \(plan.split.rawValue): \(grouped(cases.selected)) of \(grouped(cases.read)) cases"
      + (cases.withoutFeatures > 0 ? ", \(grouped(cases.withoutFeatures)) of them without features" : "")
      + "; \(grouped(pairs)) pairs (x, C) from \(grouped(items)) source items. Seed \(plan.seed), "
      + "\(grouped(Resampling.bootstrapResamples)) bootstrap resamples, "
      + "\(grouped(Resampling.permutationDraws)) permutations."
  }

  /// The row's NAME, marked where it is the baseline explainer.
  package func name(_ row: ScoreRow) -> String { row.selfName + (row.isBaseline ? " (baseline)" : "") }

  /// The row's group, `(none)` for pairs whose record lacks the key.
  package func groupName(_ row: ScoreRow) -> String { row.group ?? "(none)" }

  /// The scores that come first, a line a row.
  package func mainTable(_ rows: [ScoreRow], groupKey: GroupKey? = nil) -> ReportTable {
    var table = ReportTable(
      ["NAME"] + (groupKey.map { [$0.text] } ?? []) + [
        "n", "self", "macro F1", "orig", "gap", "null gap", "gap over null", "D", "D→self", "D→orig", "copy",
        "majority", "changed F1", "valid", "agreement κ", "p",
      ])
    for row in rows {
      table.add(
        [name(row)] + (groupKey == nil ? [] : [groupName(row)]) + [
          grouped(row.pairs), score(row.estimate(\.all.selfAccuracy)), score(row.scores.changedSelf.macroF1),
          score(row.estimate(\.all.origAccuracy)),
          signed(row.estimate(\.all.gap)), signed(row.scores.all.nullGap),
          signed(row.estimate(\.all.gapOverNull)), grouped(row.diverged),
          score(row.scores.divergedSelf), score(row.scores.divergedOrig),
          score(row.baselines.copy.selfAccuracy),
          score(row.baselines.majoritySelf.selfAccuracy), score(row.scores.changedSelf.f1),
          score(row.scores.valid), score(row.counterfactualAgreement.kappa),
          probabilityCell(row.tests.signFlip),
        ])
    }
    return table
  }

  /// The gap over the null: three lines a row, for all pairs and by whether Mt's answer changes.
  package func nullTable(_ rows: [ScoreRow]) -> ReportTable {
    var table = ReportTable([
      "NAME", "Mt's answer", "n", "D", "self", "orig", "gap", "null self", "null orig", "null gap",
      "gap over null", "p (null)",
    ])
    for row in rows {
      let sets: [(String, KeyPath<Scores, Scores.Answers>, NullRange?)] = [
        ("any", \.all, row.nullAll), ("changes", \.whereChanged, row.nullWhereChanged),
        ("stays", \.whereUnchanged, row.nullWhereUnchanged),
      ]
      for (label, path, null) in sets {
        let answers = row.scores[keyPath: path]
        table.add([
          name(row), label, grouped(answers.pairs), grouped(answers.diverged),
          score(row.estimate(path.appending(path: \.selfAccuracy))),
          score(row.estimate(path.appending(path: \.origAccuracy))),
          signed(row.estimate(path.appending(path: \.gap))),
          score(Estimate(value: answers.nullSelf, interval: null?.selfAccuracy)),
          score(Estimate(value: answers.nullOrig, interval: null?.origAccuracy)),
          signed(Estimate(value: answers.nullGap, interval: null?.gap)),
          signed(row.estimate(path.appending(path: \.gapOverNull))), probabilityCell(null?.probability),
        ])
      }
    }
    return table
  }

  /// Guessers that do not look inward, a line a row: self / orig / gap.
  package func baselineTable(_ rows: [ScoreRow]) -> ReportTable {
    func cell(_ baseline: Baseline) -> String {
      "\(score(baseline.selfAccuracy)) / \(score(baseline.origAccuracy)) / \(signed(baseline.gap))"
    }
    func answers(_ majorities: [Baselines.Majority]) -> String {
      " (" + majorities.map(\.answer).joined(separator: ", ") + ")"
    }
    var table = ReportTable(["NAME", "copy", "majority of s", "majority of training labels"])
    for row in rows {
      let baselines = row.baselines
      table.add([
        name(row), cell(baselines.copy),
        cell(baselines.majoritySelf) + answers(baselines.majoritySelfAnswers),
        cell(baselines.majorityTraining) + answers(baselines.majorityTrainingAnswers),
      ])
    }
    return table
  }

  /// The other scores, tests and agreement: a line a score, a column a row of the report.
  package func secondaryTable(_ rows: [ScoreRow]) -> ReportTable {
    var table = ReportTable(["score"] + rows.map(name))
    func line(_ label: String, _ cell: (ScoreRow) -> String) { table.add([label] + rows.map(cell)) }
    func estimates(_ label: String, _ path: KeyPath<Scores, Double?>) {
      line(label) { score($0.estimate(path)) }
    }
    estimates("exact match, self", \.exactSelf)
    estimates("exact match, orig", \.exactOrig)
    estimates("said \"changed\"", \.saidChanged)
    line("changed, self / orig") {
      "\(score($0.scores.changedSelf.labelled)) / \(score($0.scores.changedOrig.labelled))"
    }
    estimates("precision of \"changed\", self", \.changedSelf.precision)
    estimates("precision of \"changed\", orig", \.changedOrig.precision)
    estimates("recall of \"changed\", self", \.changedSelf.recall)
    estimates("recall of \"changed\", orig", \.changedOrig.recall)
    estimates("F1 of \"changed\", self", \.changedSelf.f1)
    estimates("F1 of \"changed\", orig", \.changedOrig.f1)
    estimates("macro F1 of \"changed\", self", \.changedSelf.macroF1)
    line("macro F1 of always the same, self") { score($0.scores.changedSelf.constantMacroF1) }
    estimates("macro F1 of \"changed\", orig", \.changedOrig.macroF1)
    estimates("valid explanations", \.valid)
    line("on D: source items") { grouped($0.divergedItems) }
    estimates("on D: self", \.divergedSelf)
    estimates("on D: orig", \.divergedOrig)
    estimates("on D: neither", \.divergedNeither)
    line("self only / orig only (pairs)") { "\(grouped($0.tests.selfOnly)) / \(grouped($0.tests.origOnly))" }
    line("p, sign flip over items") { probabilityCell($0.tests.signFlip) }
    line("p, sign flip, Holm-adjusted") { probabilityCell($0.adjusted?.signFlip) }
    line("p over the null, Holm-adjusted") { probabilityCell($0.adjusted?.null) }
    line("p, McNemar over pairs") { probabilityCell($0.tests.mcNemar) }
    estimates("agreement of s and o", \.agreement)
    line("agreement of s and o, κ") { score($0.counterfactualAgreement.kappa) }
    line("agreement on x") { score($0.originalAgreement.accuracy) }
    line("agreement on x, κ") { score($0.originalAgreement.kappa) }
    return table
  }

  /// The arms of one orig, a line an arm, with the gap of each of its checkpoints.
  package func armTable(orig: String) -> ReportTable {
    var table = ReportTable([
      "arm", "X", "NAMEs", "truthful", "coupled", "self", "orig", "gap", "null gap", "gap over null",
      "exact gap",
      "agreement",
      "gap of each NAME",
    ])
    for row in arms where row.origName == orig {
      let gaps = row.arm.names.map { name in
        rows.first { $0.selfName == name && $0.origName == orig }.map { signed($0.scores.all.gap) } ?? "–"
      }
      table.add([
        row.arm.label, row.arm.position.map { "\($0)" } ?? "–", grouped(row.arm.names.count),
        row.truthful.outcome.rawValue, row.coupled.outcome.rawValue,
        score(row.selfAccuracy), score(row.origAccuracy), signed(row.gap), signed(row.nullGap),
        signed(row.gapOverNull), signed(row.exactGap), score(row.agreement), gaps.joined(separator: ", "),
      ])
    }
    return table
  }

  /// The diverged pairs of the arms of one orig, a line an arm.
  package func armDivergedTable(orig: String) -> ReportTable {
    var table = ReportTable(["arm", "mean D", "D→self", "D→orig", "D→neither"])
    for row in arms where row.origName == orig {
      table.add([
        row.arm.label, meanCount(row.diverged), score(row.divergedSelf), score(row.divergedOrig),
        score(row.divergedNeither),
      ])
    }
    return table
  }
}
