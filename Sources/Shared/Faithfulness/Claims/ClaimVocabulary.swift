/// What the sides of a claim may name.
struct ClaimVocabulary {
  /// Why a side cannot be read.
  struct Unreadable: Error {
    let reason: String
  }

  /// The arms, and the baseline as an arm of one checkpoint.
  let arms: [Arm]
  /// At least one; the first is meant where a side names none.
  let origs: [String]

  /// Reads a number or `ARM[/ORIG][.MEASURE]`. Labels and NAMEs may hold slashes and dots themselves: a side
  /// is what it can be read as in exactly one way.
  func side(_ text: String) throws(Unreadable) -> ClaimSide {
    var readings: [ClaimSide] = []
    if let number = Double(text), number.isFinite { readings.append(.number(number)) }
    var named: Arm?
    for arm in arms {
      guard text.hasPrefix(arm.label) else { continue }
      let rest = text.dropFirst(arm.label.count)
      if rest.isEmpty || rest.hasPrefix("/") || rest.hasPrefix(".") { named = arm }
      for quantity in quantities(arm, rest) where !readings.contains(.arm(quantity)) {
        readings.append(.arm(quantity))
      }
    }
    if let reading = readings.first {
      guard readings.count == 1 else {
        throw Unreadable(reason: "\"\(text)\" can be read in more than one way")
      }
      return reading
    }
    guard let named else {
      let known = arms.isEmpty ? "there is none" : "arms: \(arms.map(\.label).joined(separator: ", "))"
      throw Unreadable(reason: "\"\(text)\" is no number and names no arm (\(known))")
    }
    let measures = ArmMeasure.allCases.map(\.rawValue).joined(separator: ", ")
    throw Unreadable(
      reason:
        "\"\(text)\": after \(named.label), expected /ORIG (\(origs.joined(separator: ", "))) or .MEASURE "
        + "(\(measures))")
  }

  /// What an arm and the text after its label can mean.
  private func quantities(_ arm: Arm, _ rest: Substring) -> [ArmQuantity] {
    ([("", origs[0])] + origs.map { ("/" + $0, $0) }).compactMap { written, orig in
      guard rest.hasPrefix(written) else { return nil }
      let end = rest.dropFirst(written.count)
      if end.isEmpty { return ArmQuantity(arm: arm, origName: orig, measure: .gapOverNull) }
      guard end.hasPrefix("."), let measure = ArmMeasure(rawValue: String(end.dropFirst())) else {
        return nil
      }
      return ArmQuantity(arm: arm, origName: orig, measure: measure)
    }
  }
}
