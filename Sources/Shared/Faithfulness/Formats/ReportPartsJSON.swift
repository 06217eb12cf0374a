import Streams

// The parts of a report as JSON.
extension ArmRow {
  var json: JSON {
    [
      "label": .string(arm.label), "position": optional(arm.position), "orig": .string(origName),
      "names": .array(arm.names.map { .string($0) }), "truthful": truthful.json, "items": .integer(items),
      "answer_accuracy": ["self": selfAccuracy.json, "orig": origAccuracy.json, "gap": gap.json],
      "null_gap": optional(nullGap), "gap_over_null": gapOverNull.json, "exact_gap": exactGap.json,
      "agreement": agreement.json,
      "diverged": [
        "pairs": .real(diverged), "self": divergedSelf.json, "orig": divergedOrig.json,
        "neither": divergedNeither.json,
      ],
    ]
  }
}

extension Finding {
  var json: JSON {
    [
      "label": .string(label), "outcome": .string(outcome.rawValue), "claims": .array(claims.map(\.json)),
    ]
  }
}

extension ClaimResult {
  var json: JSON {
    [
      "claim": .string(claim.text), "outcome": .string(outcome.rawValue),
      "reasons": .array(reasons.map { .string($0) }), "pairs": .integer(pairs), "left": left.json,
      "right": right.json, "difference": difference.json, "standard_error": optional(standardError),
      "detectable_difference": optional(detectable), "p": .real(probability), "holm_p": .real(adjusted),
    ]
  }
}

extension ClaimSideResult {
  /// A number has its value alone.
  var json: JSON {
    guard let quantity = side.quantity else { return ["value": optional(estimate.value)] }
    return [
      "arm": .string(quantity.arm.label), "names": .array(quantity.arm.names.map { .string($0) }),
      "orig": .string(quantity.origName), "measure": .string(quantity.measure.rawValue),
      "value": optional(estimate.value), "low": optional(estimate.interval?.low),
      "high": optional(estimate.interval?.high), "diverged_pairs": optional(diverged),
    ]
  }
}

extension Estimate {
  var json: JSON {
    ["value": optional(value), "low": optional(interval?.low), "high": optional(interval?.high)]
  }
}

extension Baseline {
  var json: JSONObject {
    ["self": optional(selfAccuracy), "orig": optional(origAccuracy), "gap": optional(gap)]
  }
}

extension Baselines {
  var json: JSON {
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
  func json(_ interval: Interval?) -> JSON {
    [
      "count": .integer(count), "accuracy": Estimate(value: accuracy, interval: interval).json,
      "kappa": optional(kappa),
    ]
  }
}

extension Verdict {
  var json: JSON {
    [
      "outcome": .string(outcome.rawValue), "text": .string(text),
      "reasons": .array(reasons.map { .string($0) }), "detectable_gap": optional(power?.detectableGap),
      "detectable_share": optional(power?.detectableShare),
      "items_taking_sides": power.map { .integer($0.items) } ?? .null,
    ]
  }
}

extension Truthful {
  var json: JSON {
    [
      "outcome": .string(outcome.rawValue), "text": .string(text),
      "reasons": .array(reasons.map { .string($0) }), "self": .real(selfAccuracy),
      "best_guess": ["name": .string(best.guess.rawValue), "value": .real(best.value)],
      "margin": best.margin.json, "p": .real(best.probability), "holm_p": .real(best.adjusted),
      "detectable_margin": optional(detectable),
      "guesses": .array(
        contrasts.map { contrast in
          [
            "name": .string(contrast.guess.rawValue), "value": .real(contrast.value),
            "margin": contrast.margin.json, "p": .real(contrast.probability),
            "holm_p": .real(contrast.adjusted),
          ]
        }),
    ]
  }
}

extension ReportWarning {
  var json: JSON {
    [
      "kind": .string(kind.rawValue), "name": optional(name), "task": optional(task), "text": .string(text),
    ]
  }
}

extension Said {
  var json: JSON {
    [
      "name": .string(explainer), "task": .string(task), "pairs": .integer(pairs), "valid": .real(valid),
      "most_common": optional(mostCommon), "most_common_share": .real(mostCommonShare),
      "said_changed": .real(saidChanged), "changed": .real(changed), "macro_f1": .real(macroF1),
      "constant_macro_f1": .real(constantMacroF1), "collapsed": .bool(!collapse.isEmpty),
    ]
  }
}

extension Health {
  var json: JSON {
    [
      "name": .string(checkpoint), "task": .string(task), "cases": .integer(cases), "pairs": .integer(pairs),
      "original": original.json, "counterfactual": counterfactual.json, "changed": .real(changed),
      "valid_outputs": .real(validOutputs), "cut_off": optional(cutOff), "collapsed": .bool(isCollapsed),
      "surface": [
        "reader": optional(bestSurface?.reader.rawValue), "accuracy": optional(bestSurface?.accuracy),
        "readers": .array(
          surface.map { ["reader": .string($0.reader.rawValue), "accuracy": .real($0.accuracy)] }),
      ],
    ]
  }
}

extension Health.Answers {
  var json: JSON {
    [
      "entropy_bits": .real(entropy), "most_common": .string(mostCommon),
      "most_common_share": .real(mostCommonShare), "choice_mass": optional(mass),
      "references": .integer(references), "reference_accuracy": optional(referenceAccuracy),
    ]
  }
}

/// null for nil.
func optional(_ value: Double?) -> JSON { value.map { .real($0) } ?? .null }

func optional(_ value: String?) -> JSON { value.map { .string($0) } ?? .null }

func optional(_ value: Int?) -> JSON { value.map { .integer($0) } ?? .null }
