import Streams

// The comparison as Markdown and as JSON.
extension ReuseReport {
  /// The value of the key `schema`.
  public static let schema = "agreement/1"

  /// The conclusion in a sentence or two.
  public var sentence: String {
    let counts =
      "\(grouped(counterfactual.count)) pairs (x, C) of \(grouped(counterfactual.items)) source items"
    let agreement =
      "without C, \(taker) does what \(giver) does in \(score(counterfactual.estimate)) of \(counts)"
    switch verdict.outcome {
    case .yes: return "Yes: \(agreement), and the interval is not below \(threshold)."
    case .no: return "No: \(agreement), and the interval is below \(threshold)."
    case .notSure:
      let more =
        verdict.itemsNeeded.map { " About \(grouped($0)) items would tell, were this the agreement." } ?? ""
      return "Not sure: \(agreement) (\(verdict.reasons.joined(separator: "; ")))." + more
    }
  }

  /// The bytes of the comparison, with a newline at the end. Throws `ToolError` (1) for a number that JSON
  /// cannot hold.
  public func render(_ format: ReportFormat) throws(ToolError) -> [UInt8] {
    format == .json ? try json.prettySerialized() : Array(markdown.utf8)
  }

  private var markdown: String {
    var text =
      "# May the labels of \(giver) be reused for \(taker)?\n\n\(sentence)\n\n"
      + "Split \(plan.split.rawValue): \(grouped(cases.selected)) of \(grouped(cases.read)) cases. Seed \(plan.seed), "
      + "\(grouped(Resampling.bootstrapResamples)) bootstrap resamples of source items.\n\n"
    var table = ReportTable(["agreement on", "n", "items", "share", "κ", "by chance"])
    func add(_ name: String, _ share: AgreementShare, _ agreement: Agreement?) {
      table.add([
        name, grouped(share.count), grouped(share.items), score(share.estimate), score(agreement?.kappa),
        score(agreement?.chance),
      ])
    }
    add("x∖C, by pair", counterfactual, counterfactualAgreement)
    add("x, by case", original, originalAgreement)
    add("the label: x∖C, and whether it changed", labels, nil)
    text += table.markdown
    for breakdown in breakdowns where breakdown.key != "by_task" || breakdown.groups.count > 1 {
      text += "\n## By \(breakdown.title)\n\n" + Self.table(breakdown)
    }
    return text + "\n## Health of the behaviours\n\n" + Health.table(health).markdown
  }

  /// Groups that Markdown shows of a breakdown; JSON has all.
  private static let shownGroups = 30

  private static func table(_ breakdown: AgreementBreakdown) -> String {
    var table = ReportTable([breakdown.title, "n", "items", "agreement on x∖C"])
    for group in breakdown.groups.prefix(shownGroups) {
      table.add([
        group.value ?? "(none)", grouped(group.share.count), grouped(group.share.items),
        score(group.share.estimate),
      ])
    }
    let more = breakdown.groups.count - shownGroups
    return table.markdown + (more > 0 ? "\n\(grouped(more)) more are in the JSON form.\n" : "")
  }

  private var json: JSON {
    var object: JSONObject = [
      "schema": .string(Self.schema), "names": .array(plan.origs.map { .string($0) }),
      "split": .string(plan.split.rawValue), "seed": .integer(Int(clamping: plan.seed)),
      "bootstrap_resamples": .integer(Resampling.bootstrapResamples),
      "cases": cases.json, "threshold": .real(threshold),
      "reusable": .string(verdict.outcome.rawValue), "sentence": .string(sentence),
      "reasons": .array(verdict.reasons.map { .string($0) }),
      "items_needed": optional(verdict.itemsNeeded), "pairs": .integer(counterfactual.count),
      "items": .integer(counterfactual.items), "agreement": counterfactual.estimate.json,
      "kappa": optional(counterfactualAgreement.kappa), "chance": optional(counterfactualAgreement.chance),
      "original": originalAgreement.json(original.estimate.interval), "labels": labels.estimate.json,
    ]
    for breakdown in breakdowns {
      object[breakdown.key] = .array(
        breakdown.groups.map { group in
          [
            "value": optional(group.value), "pairs": .integer(group.share.count),
            "items": .integer(group.share.items), "agreement": group.share.estimate.json,
          ]
        })
    }
    object["health"] = .array(health.map(\.json))
    return .object(object)
  }
}
