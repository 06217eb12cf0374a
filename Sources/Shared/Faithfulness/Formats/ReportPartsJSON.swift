import Streams

// The parts of a report as JSON.
extension PairTable.CaseCounts {
  var json: JSON {
    [
      "read": .integer(read), "selected": .integer(selected), "without_features": .integer(withoutFeatures),
      "without_item": .integer(withoutItem),
    ]
  }
}

extension ArmRow {
  var json: JSON {
    [
      "label": .string(arm.label), "position": optional(arm.position), "orig": .string(origName),
      "names": .array(arm.names.map { .string($0) }), "truthful": truthful.json,
      "coupled": coupled.summaryJSON, "items": .integer(items),
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

/// null for nil.
func optional(_ value: Double?) -> JSON { value.map { .real($0) } ?? .null }

func optional(_ value: String?) -> JSON { value.map { .string($0) } ?? .null }

func optional(_ value: Int?) -> JSON { value.map { .integer($0) } ?? .null }
