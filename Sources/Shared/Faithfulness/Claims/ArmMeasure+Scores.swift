// Where a measure is taken from.
extension ArmMeasure {
  /// What is counted of a checkpoint for it.
  func column(_ comparison: Comparison, _ selection: [UInt32]) -> CrossedBootstrap.Column {
    switch self {
    case .copy: comparison.copyColumn()
    case .majority: comparison.majorityColumn(selection)
    default: comparison.column(selection)
    }
  }

  /// Its value in the scores of such columns; nil where there is no diverged pair to take a share of.
  func value(_ scores: ArmScores) -> Double? {
    switch self {
    case .gapOverNull: scores.gapOverNull
    case .gap: scores.gap
    case .selfAccuracy, .copy, .majority: scores.selfAccuracy
    case .origAccuracy: scores.origAccuracy
    case .agreement: scores.agreement
    case .divergedSelf: scores.divergedSelf
    case .divergedOrig: scores.divergedOrig
    case .exactGap: scores.exactGap
    }
  }
}
