import Streams

// The verdicts and the warnings as JSON.
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

extension Verdict {
  var json: JSON {
    [
      "outcome": .string(outcome.rawValue), "text": .string(text),
      "reasons": .array(reasons.map { .string($0) }), "detectable_gap": optional(power?.detectableGap),
      "detectable_share": optional(power?.detectableShare),
      "items_taking_sides": power.map { .integer($0.items) } ?? .null,
    ]
  }

  /// What stands beside `truthful`.
  var summaryJSON: JSON { ["outcome": .string(outcome.rawValue), "text": .string(text)] }
}

extension ReportWarning {
  var json: JSON {
    [
      "kind": .string(kind.rawValue), "name": optional(name), "task": optional(task), "text": .string(text),
    ]
  }
}
