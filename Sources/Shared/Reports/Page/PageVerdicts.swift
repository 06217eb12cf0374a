import Faithfulness

// The verdicts: two sentences an explainer, is it truthful and is it coupled, in this order.
extension ReportPage {
  var verdicts: HTML {
    // The last explainer has learned most; beside many others it is the one that is open.
    let open =
      report.plan.selves.count <= Self.openExplainers ? report.plan.selves : report.plan.selves.suffix(1)
    let folded = report.plan.selves.filter { !open.contains($0) }
    var html = findings + HTML(open.map(answers))
    if !folded.isEmpty {
      html += """
        <details><summary>\(folded.count) more explainers</summary>
        \(folded.map(answers))</details>

        """
    }
    html += HTML((report.plan.baseline.map { [$0] } ?? []).map(answers))
    return html + """
      <p><em>Truthful</em>: an explainer says what it does (<em>self</em>) more often than the best guess would be \
      right. <em>Coupled</em>: it says what it itself does more often than what M0 does, whose labels it learned \
      (<em>orig</em>), and by more than its explanations do when they are permuted (<em>null</em>).</p>
      \(verdictsByGroup)
      """
  }

  /// With more explainers than this all but the last are folded.
  private static let openExplainers = 3

  private func answers(_ explainer: String) -> HTML {
    let rows = report.rows.filter { $0.selfName == explainer }
    guard let first = rows.first else { return HTML() }
    let name = report.name(first)
    let coupled: [HTML] = rows.filter { $0.origName != explainer }.map { row in
      answer(
        "coupled?", row.verdict.outcome.badge,
        "\(row.verdict.sentence(orig: row.origName))\(open(row))")
    }
    return """
      <article class="answers\(first.isBaseline ? " apart" : "")"><h3>\(name)</h3>
      \(answer("truthful?", first.truthful.outcome.badge, "<strong>\(name)</strong> \(first.truthful.sentence)"))\
      \(coupled)</article>

      """
  }

  private func answer(_ question: String, _ badge: Badge, _ sentence: HTML) -> HTML {
    "<p><span class=\"question\">\(question)</span> \(badge.html)</p><p>\(sentence)</p>\n"
  }

  /// The numbers of a verdict that is open, and what it could have found.
  private func open(_ row: ScoreRow) -> HTML {
    guard row.verdict.outcome == .undecided else { return HTML() }
    let numbers: HTML =
      " The gap is \(signed(row.estimate(\.all.gap))), over the null \(signed(row.estimate(\.all.gapOverNull)))."
    let power: HTML? = row.verdict.power?.detectableGap.map {
      " With 80 % power a gap of \(fixed($0, 3)) would be found."
    }
    return numbers + (power ?? HTML())
  }

  /// The same two for each group of `--by`, in numbers.
  private var verdictsByGroup: HTML {
    guard let key = report.plan.groupKey else { return HTML() }
    func name(_ row: ScoreRow) -> HTML {
      "<strong>\(report.name(row)), \(report.groupName(row))</strong>"
    }
    // Truth does not depend on orig.
    let truthful: [HTML] = report.breakdown.filter { $0.origName == report.plan.origs.first }.map { row in
      "<li>\(row.truthful.outcome.badge.html) \(name(row)): truthful \(row.truthful.text).</li>\n"
    }
    let coupled: [HTML] = report.breakdown.map { row in
      "<li>\(row.verdict.outcome.badge.html) \(name(row)), orig = \(row.origName): \(row.verdict.text).</li>\n"
    }
    let lines = truthful + coupled
    return
      "<details><summary>By \(key.text): \(lines.count) verdicts</summary><ul class=\"verdicts\">\(lines)</ul></details>\n"
  }
}
