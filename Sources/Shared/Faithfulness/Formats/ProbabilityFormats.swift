import Streams

// Explanations read by probability, as JSON and as tables.
extension ProbabilityScores {
  var json: JSON {
    [
      "pairs": .integer(pairs), "items": .integer(items),
      "log_ratio": logRatio.json,
      "answer_accuracy": ["self": selfAccuracy.json, "orig": origAccuracy.json, "gap": gap.json],
      "diverged": [
        "pairs": .integer(diverged), "log_ratio": divergedLogRatio.json, "self": divergedSelf.json,
        "orig": divergedOrig.json,
      ],
      "brier": brier.json,
      "calibration": [
        "expected_error": optional(calibration.expectedError),
        "bins": .array(calibration.bins.map(\.json)),
      ],
    ]
  }
}

extension Calibration.Bin {
  var json: JSON {
    [
      "low": .real(low), "high": .real(high), "pairs": .integer(pairs), "probability": optional(probability),
      "right": optional(right),
    ]
  }
}

extension ScoreReport {
  /// Self and orig by probability, a line a row whose records have it; nil where none has.
  package func probabilityTable(_ rows: [ScoreRow]) -> ReportTable? {
    var table = ReportTable([
      "NAME", "n", "self", "orig", "gap", "log p(s) − log p(o)", "D", "on D", "D→self", "D→orig", "Brier",
      "ECE",
    ])
    var isEmpty = true
    for row in rows {
      guard let said = row.byProbability else { continue }
      isEmpty = false
      table.add([
        name(row), grouped(said.pairs), score(said.selfAccuracy), score(said.origAccuracy), signed(said.gap),
        signed(said.logRatio), grouped(said.diverged), signed(said.divergedLogRatio),
        score(said.divergedSelf), score(said.divergedOrig), score(said.brier),
        score(said.calibration.expectedError),
      ])
    }
    return isEmpty ? nil : table
  }

  /// How often what is said with some probability is done, a line a bin that has pairs: mean probability →
  /// share right (pairs).
  package func calibrationTable(_ rows: [ScoreRow]) -> ReportTable {
    let rows = rows.filter { $0.byProbability != nil }
    var table = ReportTable(["probability of its answer"] + rows.map(name))
    for bin in 0..<Calibration.binCount {
      let bins = rows.compactMap { $0.byProbability?.calibration.bins[bin] }
      guard let first = bins.first, bins.contains(where: { $0.pairs > 0 }) else { continue }
      table.add(
        ["\(fixed(first.low, 1)) to \(fixed(first.high, 1))"]
          + bins.map { bin in
            bin.pairs == 0 ? "–" : "\(score(bin.probability)) → \(score(bin.right)) (\(grouped(bin.pairs)))"
          })
    }
    return table
  }
}
