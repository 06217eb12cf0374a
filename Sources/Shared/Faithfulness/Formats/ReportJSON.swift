import Streams

// The report as JSON. Its names are part of the tool's interface: docs/xp-score.md lists them.
extension ScoreReport {
  /// The value of the key `schema`.
  public static let schema = "score/1"

  /// The whole report; `matrix` and `findings` are there only where they were asked for.
  public var json: JSON {
    var object: JSONObject = [
      "schema": .string(Self.schema),
      "split": .string(plan.split.rawValue),
      "by": optional(plan.groupKey?.text),
      "seed": .integer(Int(clamping: plan.seed)),
      "bootstrap_resamples": .integer(Resampling.bootstrapResamples),
      "permutation_draws": .integer(Resampling.permutationDraws),
      "cases": cases.json,
      "pairs": .integer(pairs),
      "items": .integer(items),
      "rows": .array(rows.map { $0.json(by: nil) }),
      "breakdown": .array(breakdown.map { $0.json(by: plan.groupKey?.text) }),
      "arms": .array(arms.map(\.json)),
      "health": .array(health.map(\.json)),
      "said": .array(said.map(\.json)),
      "warnings": .array(warnings.map(\.json)),
      "notes": .array(notes.map { .string($0) }),
    ]
    if let matrix { object["matrix"] = matrix.json }
    // Only where claims were made.
    if !findings.isEmpty { object["findings"] = .array(findings.map(\.json)) }
    return .object(object)
  }
}

extension ScoreRow {
  /// - Parameter key: what the row's group is a value of; nil for a row of all pairs.
  func json(by key: String?) -> JSON {
    var object: JSONObject = [
      "self": .string(selfName),
      "orig": .string(origName),
      "baseline": .bool(isBaseline),
      "by": optional(key),
      "group": optional(group),
      "pairs": .integer(pairs),
      "items": .integer(items),
      "answer_accuracy": [
        "self": estimate(\.all.selfAccuracy).json, "orig": estimate(\.all.origAccuracy).json,
        "gap": estimate(\.all.gap).json,
      ],
      "diverged": [
        "pairs": .integer(diverged), "items": .integer(divergedItems),
        "self": estimate(\.divergedSelf).json, "orig": estimate(\.divergedOrig).json,
        "neither": estimate(\.divergedNeither).json,
      ],
      "exact_match": ["self": estimate(\.exactSelf).json, "orig": estimate(\.exactOrig).json],
      "changed": [
        "said": estimate(\.saidChanged).json, "self": changed(\.changedSelf), "orig": changed(\.changedOrig),
      ],
      "valid": estimate(\.valid).json,
      "baselines": baselines.json,
      "null": [
        "all": answers(\.all, nullAll),
        "where_changed": answers(\.whereChanged, nullWhereChanged),
        "where_unchanged": answers(\.whereUnchanged, nullWhereUnchanged),
      ],
      "tests": [
        "sign_flip_p": .real(tests.signFlip), "mcnemar_p": .real(tests.mcNemar),
        "self_only": .integer(tests.selfOnly), "orig_only": .integer(tests.origOnly),
      ],
      "holm": [
        "rows_tested": optional(adjusted?.family), "sign_flip_p": optional(adjusted?.signFlip),
        "null_p": optional(adjusted?.null),
      ],
      "agreement": [
        "counterfactual": counterfactualAgreement.json(estimate(\.agreement).interval),
        "original": originalAgreement.json(nil),
      ],
      "truthful": truthful.json,
      "coupled": verdict.summaryJSON,
      "verdict": verdict.json,
    ]
    // Only where the records have it.
    if let byProbability { object["by_probability"] = byProbability.json }
    return .object(object)
  }

  private func changed(_ path: KeyPath<Scores, Scores.Changed>) -> JSON {
    [
      "labelled": optional(scores[keyPath: path].labelled),
      "precision": estimate(path.appending(path: \.precision)).json,
      "recall": estimate(path.appending(path: \.recall)).json,
      "f1": estimate(path.appending(path: \.f1)).json,
      "macro_f1": estimate(path.appending(path: \.macroF1)).json,
      "constant_macro_f1": optional(scores[keyPath: path].constantMacroF1),
    ]
  }

  private func answers(_ path: KeyPath<Scores, Scores.Answers>, _ null: NullRange?) -> JSON {
    let answers = scores[keyPath: path]
    return [
      "pairs": .integer(answers.pairs),
      "diverged": .integer(answers.diverged),
      "self": estimate(path.appending(path: \.selfAccuracy)).json,
      "orig": estimate(path.appending(path: \.origAccuracy)).json,
      "gap": estimate(path.appending(path: \.gap)).json,
      "null_self": Estimate(value: answers.nullSelf, interval: null?.selfAccuracy).json,
      "null_orig": Estimate(value: answers.nullOrig, interval: null?.origAccuracy).json,
      "null_gap": Estimate(value: answers.nullGap, interval: null?.gap).json,
      "gap_over_null": estimate(path.appending(path: \.gapOverNull)).json,
      "p": optional(null?.probability),
    ]
  }
}
