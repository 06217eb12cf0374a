import Streams

// The report as JSON. Its names are part of the tool's interface: docs/xp-score.md lists them.
extension ScoreReport {
  public static let schema = "score/1"

  public var json: JSON {
    [
      "schema": .string(Self.schema),
      "split": .string(plan.split.rawValue),
      "by": optional(plan.groupKey?.text),
      "seed": .integer(Int(clamping: plan.seed)),
      "bootstrap_resamples": .integer(ScoringPlan.bootstrapResamples),
      "permutation_draws": .integer(ScoringPlan.permutationDraws),
      "cases": [
        "read": .integer(cases.read), "selected": .integer(cases.selected),
        "without_features": .integer(cases.withoutFeatures), "without_item": .integer(cases.withoutItem),
      ],
      "pairs": .integer(pairs),
      "items": .integer(items),
      "rows": .array(rows.map { $0.json(by: nil) }),
      "breakdown": .array(breakdown.map { $0.json(by: plan.groupKey?.text) }),
      "arms": .array(arms.map(\.json)),
      "health": .array(health.map(\.json)),
      "warnings": .array(warnings.map { .string($0) }),
      "notes": .array(notes.map { .string($0) }),
    ]
  }
}

extension ScoreRow {
  /// - Parameter key: what the row's group is a value of; nil for a row of all pairs.
  func json(by key: String?) -> JSON {
    [
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
        "pairs": .integer(diverged), "self": estimate(\.divergedSelf).json,
        "orig": estimate(\.divergedOrig).json, "neither": estimate(\.divergedNeither).json,
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
        "rows_tested": optional(adjusted?.family), "sign_flip_p_holm": optional(adjusted?.signFlip),
        "null_p_holm": optional(adjusted?.null),
      ],
      "agreement": [
        "counterfactual": counterfactualAgreement.json(estimate(\.agreement).interval),
        "original": originalAgreement.json(nil),
      ],
      "verdict": verdict.json,
    ]
  }

  private func changed(_ path: KeyPath<Scores, Scores.Changed>) -> JSON {
    [
      "labelled": optional(scores[keyPath: path].labelled),
      "precision": estimate(path.appending(path: \.precision)).json,
      "recall": estimate(path.appending(path: \.recall)).json,
      "f1": estimate(path.appending(path: \.f1)).json,
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

extension ArmRow {
  fileprivate var json: JSON {
    [
      "label": .string(arm.label), "position": optional(arm.position), "orig": .string(origName),
      "names": .array(arm.names.map { .string($0) }), "items": .integer(items),
      "answer_accuracy": ["self": selfAccuracy.json, "orig": origAccuracy.json, "gap": gap.json],
      "null_gap": optional(nullGap), "gap_over_null": gapOverNull.json, "agreement": agreement.json,
    ]
  }
}

extension Estimate {
  fileprivate var json: JSON {
    ["value": optional(value), "low": optional(interval?.low), "high": optional(interval?.high)]
  }
}

extension Baseline {
  fileprivate var json: JSONObject {
    ["self": optional(selfAccuracy), "orig": optional(origAccuracy), "gap": optional(gap)]
  }
}

extension Baselines {
  fileprivate var json: JSON {
    func named(_ majorities: [Majority]) -> JSON {
      .array(majorities.map { ["task": .string($0.task), "answer": .string($0.answer)] })
    }
    var ownMajority = majoritySelf.json
    ownMajority["answers"] = named(majoritySelfAnswers)
    var training = majorityTraining.json
    training["answers"] = named(majorityTrainingAnswers)
    training["source"] = .string(trainingLabelSource.rawValue)
    training["labels"] = .integer(trainingLabels)
    return [
      "copy": .object(copy.json), "majority_self": .object(ownMajority),
      "majority_training": .object(training),
    ]
  }
}

extension Agreement {
  fileprivate func json(_ interval: Interval?) -> JSON {
    [
      "count": .integer(count), "accuracy": Estimate(value: accuracy, interval: interval).json,
      "kappa": optional(kappa),
    ]
  }
}

extension Verdict {
  fileprivate var json: JSON {
    [
      "outcome": .string(outcome.rawValue), "text": .string(text),
      "reasons": .array(reasons.map { .string($0) }), "detectable_gap": optional(power?.detectableGap),
      "detectable_share": optional(power?.detectableShare),
      "items_taking_sides": power.map { .integer($0.items) } ?? .null,
    ]
  }
}

extension Health {
  fileprivate var json: JSON {
    [
      "name": .string(checkpoint), "task": .string(task), "cases": .integer(cases), "pairs": .integer(pairs),
      "original": original.json, "counterfactual": counterfactual.json, "changed": .real(changed),
      "valid_outputs": .real(validOutputs), "cut_off": optional(cutOff), "collapsed": .bool(isCollapsed),
    ]
  }
}

extension Health.Answers {
  fileprivate var json: JSON {
    [
      "entropy_bits": .real(entropy), "most_common": .string(mostCommon),
      "most_common_share": .real(mostCommonShare), "choice_mass": optional(mass),
    ]
  }
}

private func optional(_ value: Double?) -> JSON { value.map { .real($0) } ?? .null }

private func optional(_ value: String?) -> JSON { value.map { .string($0) } ?? .null }

private func optional(_ value: Int?) -> JSON { value.map { .integer($0) } ?? .null }
