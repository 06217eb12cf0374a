// The report as Markdown: the main table and the verdicts first, what they rest on below.
extension ScoreReport {
  var markdown: String {
    var text = "# Explanations against behaviour\n\n\(summary)\n"
    text += "\n## In plain words\n\n"
    for sentence in verdictSentences { text += "- \(sentence)\n" }
    if let findingsNote {
      text += "\n## Findings\n\n"
      for finding in findings {
        text += "- \(finding.label): \(finding.outcome.rawValue) — \(finding.text).\n"
      }
      text += "\n\(findingsNote)\n"
    }
    for warning in warnings { text += "\n**Warning:** \(warning.text).\n" }
    for orig in plan.origs {
      let rows = rows.filter { $0.origName == orig }
      text += "\n## orig = \(orig)\n\n" + mainTable(rows).markdown + "\n"
      for row in rows {
        text += "- \(name(row)): truthful \(row.truthful.text).\n"
        text += "- \(name(row)): \(row.verdict.text).\n"
      }
      text += "\n### Self against guesses\n\n" + guessTable(rows).markdown
      text += "\n### The gap over the null\n\n" + nullTable(rows).markdown
      if let probabilities = probabilityTable(rows) {
        text += "\n### Explanations read by probability\n\n" + probabilities.markdown
        text += "\n" + calibrationTable(rows).markdown
      }
      text += "\n### Baselines: self / orig / gap\n\n" + baselineTable(rows).markdown
      text += "\n### Secondary scores, tests and agreement\n\n" + secondaryTable(rows).markdown
      if !plan.arms.isEmpty {
        text += "\n### Arms\n\n" + armTable(orig: orig).markdown
        text += "\n### Arms on D\n\n" + armDivergedTable(orig: orig).markdown
      }
      if let key = plan.groupKey {
        let groups = breakdown.filter { $0.origName == orig }
        text += "\n### By \(key.text)\n\n" + mainTable(groups, groupKey: key).markdown + "\n"
        for row in groups {
          text += "- \(name(row)), \(groupName(row)): truthful \(row.truthful.text).\n"
          text += "- \(name(row)), \(groupName(row)): \(row.verdict.text).\n"
        }
      }
    }
    if let matrix { text += "\n\(matrix.markdown)" }
    text += "\n## Health of the behaviours\n\n" + healthTable.markdown
    text += "\n## What is said\n\n" + saidTable.markdown + "\n## Notes\n\n"
    for note in notes { text += "- \(note)\n" }
    return text
  }
}
