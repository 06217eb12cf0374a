import Streams

extension LabelSummary {
  /// What config.json says of the labels; null where none are trained on.
  public var json: JSON {
    guard let changedShare, let mostCommon else { return .null }
    return [
      "count": .integer(count), "changed": .real(changedShare), "entropy_bits": .real(entropy),
      "most_common": .string(mostCommon.answer), "most_common_share": .real(mostCommon.share),
      "items": .integer(itemCount),
    ]
  }

  /// The same as a line for the start of a run.
  public var line: String? {
    guard let changedShare, let mostCommon else { return nil }
    func percent(_ share: Double) -> String { "\(Int((100 * share).rounded())) %" }
    let hundredths = Int((100 * entropy).rounded())
    let bits = "\(hundredths / 100).\(hundredths / 10 % 10)\(hundredths % 10)"
    return
      "\(count) explanation labels of \(itemCount) items: \(percent(changedShare)) \"changed\"; answers without the feature: "
      + "\(bits) bits, most often \"\(mostCommon.answer)\" (\(percent(mostCommon.share)))"
  }
}
