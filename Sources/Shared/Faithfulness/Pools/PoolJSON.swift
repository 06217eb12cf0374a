import Streams

// A pool as JSON. Its names are part of the tool's interface: docs/xp-score.md lists them.
extension Pool {
  var json: JSON {
    var object: JSONObject = [
      "schema": "pool/1", "title": .string(title), "split": .string(reports[0].split),
      "m0s": .array(reports.map(\.json)), "means": .array(lines.map(\.json)),
      "warnings": .array(warnings.map { .string($0) }),
    ]
    // Only where some have.
    if hasCollapsed {
      object["without_collapsed"] = [
        "m0s": .array(healthy.map { .string($0.label) }), "means": .array(healthyLines.map(\.json)),
      ]
    }
    return .object(object)
  }
}

extension PooledReport {
  fileprivate var json: JSON {
    [
      "label": .string(label), "collapsed": .array(collapsed.map { .string($0) }),
      "arms": .array(arms.map(\.json)),
      "claims": .array(
        claims.map {
          [
            "finding": .string($0.key.finding), "claim": .string($0.key.text),
            "difference": optional($0.difference),
          ]
        }),
    ]
  }
}

extension PooledArm {
  fileprivate var json: JSON {
    [
      "label": .string(key.label), "orig": .string(key.orig), "names": .array(names.map { .string($0) }),
      "measures": .object(
        PoolMeasure.allCases.reduce(into: JSONObject()) { object, measure in
          guard let estimate = values[measure], var json = estimate.json.object else { return }
          json["explainers"] = .array((explainers[measure] ?? []).map { .real($0) })
          object[measure.rawValue] = .object(json)
        }),
    ]
  }
}

extension PoolLine {
  fileprivate var json: JSON {
    var object: JSONObject =
      switch subject {
      case .arm(let key, let measure):
        ["arm": .string(key.label), "orig": .string(key.orig), "measure": .string(measure.rawValue)]
      case .claim(let key):
        ["finding": .string(key.finding), "claim": .string(key.text), "measure": "difference"]
      }
    object["m0s"] = .integer(mean.values.count)
    object["mean"] = mean.estimate.json
    object["outcome"] = optional(outcome?.rawValue)
    object["deviation"] = optional(mean.deviation)
    object["deviation_within"] = optional(deviationWithin)
    object["detectable"] = optional(detectable)
    return .object(object)
  }
}
