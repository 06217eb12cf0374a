import Streams

// What the checkpoints do, and what the explainers say, as JSON.
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
    var object: JSONObject = [
      "entropy_bits": .real(entropy), "most_common": .string(mostCommon),
      "most_common_share": .real(mostCommonShare), "choice_mass": optional(mass),
      "references": .integer(references), "reference_accuracy": optional(referenceAccuracy),
    ]
    if incomplete > 0 { object["incomplete_logprobs"] = .integer(incomplete) }
    return .object(object)
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
