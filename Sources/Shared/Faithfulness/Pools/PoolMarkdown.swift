import Streams

// A pool as Markdown: the means first, what they are means of below.
extension Pool {
  var markdown: String {
    var text =
      "# \(title)\n\nSplit \(reports[0].split), \(reports.count == 1 ? "one M0" : "\(reports.count) M0s"). "
    text +=
      "Each M0 counts once, with the mean of its explainers. The intervals of means are Student's t: they say what "
    text +=
      "to expect of other M0s of this kind, on these items. *Detectable* is the smallest mean that would be told "
    text += "from 0 with 80 % power.\n"
    for warning in warnings { text += "\n**Warning:** \(warning).\n" }
    text += "\n## Means over M0s\n\n" + Self.meanTable(lines).markdown
    if hasCollapsed {
      text += "\n## Without collapsed M0s\n\n"
      text += "A checkpoint with one answer (*collapsed*) has nothing over the null, whatever it knows. "
      let left = healthy.isEmpty ? "none is left" : healthy.map(\.label).joined(separator: ", ")
      text += "Without the M0s that have one among their checkpoints: \(left).\n"
      if !healthy.isEmpty { text += "\n" + Self.meanTable(healthyLines).markdown }
    }
    text += "\n## Each M0\n\nIntervals are over source items and explainers.\n\n" + armTable.markdown
    text += "\n## Behaviours on x∖C\n\n" + behaviourTable.markdown
    return text
  }

  private static func meanTable(_ lines: [PoolLine]) -> ReportTable {
    var table = ReportTable([
      "arm or claim", "measure", "M0s", "mean [95 %]", "", "SD between M0s", "SD between explainers",
      "detectable",
    ])
    for line in lines {
      let (name, measure) =
        switch line.subject {
        case .arm(let key, let measure): (key.text, measure.rawValue)
        case .claim(let key): ("\(key.finding): \(key.text)", "difference")
        }
      let mean = line.mean
      table.add([
        name, measure, grouped(mean.values.count),
        line.outcome == nil ? score(mean.estimate) : signed(mean.estimate), line.outcome?.rawValue ?? "",
        score(mean.deviation), score(line.deviationWithin), score(line.detectable),
      ])
    }
    return table
  }

  private var armTable: ReportTable {
    var table = ReportTable([
      "M0", "arm", "self", "over best guess", "gap", "over null", "of its explainers", "agreement", "mean D",
      "D→self",
      "D→orig",
    ])
    for report in reports {
      for arm in report.arms {
        func difference(_ measure: PoolMeasure) -> String { arm.values[measure].map { signed($0) } ?? "–" }
        table.add([
          report.label, arm.key.text, score(arm.values[.selfAccuracy]?.value), difference(.margin),
          difference(.gap), difference(.gapOverNull),
          (arm.explainers[.gapOverNull] ?? []).map { signed($0) }.joined(separator: ", "),
          score(arm.values[.agreement]?.value), arm.diverged.map(meanCount) ?? "–", score(arm.divergedSelf),
          score(arm.divergedOrig),
        ])
      }
    }
    return table
  }

  /// The origs of each report, and the explainers of its arms.
  private var behaviourTable: ReportTable {
    var table = ReportTable(["M0", "NAME", "task", "entropy", "most common", "changed"])
    for report in reports {
      for name in (report.origs + report.arms.flatMap(\.names)).distinct {
        for line in report.behaviours(of: name) {
          table.add([
            report.label, name, line.task, line.entropy.map { fixed($0, 3) } ?? "–", line.common,
            score(line.changed),
          ])
        }
      }
    }
    return table
  }
}
