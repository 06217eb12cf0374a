import Streams

// The two verdicts of a row in plain words.
extension Truthful {
  /// The outcome and its reasons in one line.
  public var text: String {
    var text = "\(outcome.rawValue): "
    if !reasons.isEmpty { text += reasons.joined(separator: "; ") + "; " }
    text +=
      "self \(score(selfAccuracy)), best guess \(best.guess.rawValue) \(score(best.value)), "
      + "margin \(signed(best.margin)), p \(Faithfulness.probability(best.adjusted))"
    guard outcome != .holds else { return text }
    return text + "; "
      + (detectable.map { "smallest margin detectable with 80 % power: \(fixed($0, 3))" }
        ?? "the margin does not vary")
  }

  /// Whether the explanations are true, and what guessing would come to.
  package var sentence: String {
    let shares =
      "what it says is what it does in \(percent(selfAccuracy)) of \(grouped(pairs)) pairs; the best guess "
      + "(\(best.guess.phrase)) is right in \(percent(best.value)). "
    let margin =
      "The difference is \(signed(best.margin)), p \(Faithfulness.probability(best.adjusted))"
    switch outcome {
    case .holds: return "explains itself truthfully: \(shares)\(margin)."
    case .doesNotHold:
      // A margin that may be 0 is no evidence that there is none.
      let isNotAbove = (best.margin.interval?.high ?? 0) <= 0
      let words =
        isNotAbove
        ? "explains itself no better than guessing" : "is not shown to explain itself better than guessing"
      return "\(words): \(shares)\(margin)\(isNotAbove ? "" : power)."
    case .undecided:
      return "is undecided as to truth (\(reasons.joined(separator: "; "))): \(shares)\(margin)\(power)."
    }
  }

  private var power: String {
    detectable.map { "; with 80 % power a difference of \(fixed($0, 3)) would be found" } ?? ""
  }
}

extension Verdict {
  /// Whose behaviour the explanations follow.
  package func sentence(orig: String) -> String {
    let reasons = reasons.joined(separator: "; ")
    return switch outcome {
    case .coupled:
      "Its explanations follow its own behaviour rather than that of \(orig): coupled (\(reasons))."
    case .notCoupled:
      "Its explanations are not shown to follow its own behaviour more than that of \(orig): not coupled (\(reasons))."
    case .undecided:
      "Whether they follow its own behaviour rather than that of \(orig) is undecided (\(reasons))."
    }
  }
}

extension ScoreReport {
  /// Two sentences an explainer, and an arm: is it truthful, and is it coupled; the latter for each orig.
  package var verdictSentences: [String] {
    let checkpoints = plan.explainers.compactMap { explainer -> String? in
      let rows = rows.filter { $0.selfName == explainer }
      guard let first = rows.first else { return nil }
      let coupled = rows.filter { $0.origName != explainer }.map { $0.verdict.sentence(orig: $0.origName) }
      return ([name(first) + " " + first.truthful.sentence] + coupled).joined(separator: " ")
    }
    let pooled = plan.arms.compactMap { arm -> String? in
      let rows = arms.filter { $0.arm == arm }
      guard let first = rows.first else { return nil }
      let coupled = rows.map { $0.coupled.sentence(orig: $0.origName) }
      return (["\(arm.label) (\(arm.names.joined(separator: ", "))) \(first.truthful.sentence)"] + coupled)
        .joined(separator: " ")
    }
    return checkpoints + pooled
  }
}
