extension Text {
  var uppercased: Text { mapped { $0.properties.uppercaseMapping } }
  var swappedCase: Text {
    mapped { $0.properties.isUppercase ? $0.properties.lowercaseMapping : $0.properties.uppercaseMapping }
  }

  /// As Python has it: a capital sigma at the end of a word becomes a final one.
  var lowercased: Text {
    var result: [Unit] = []
    for (place, unit) in units.enumerated() {
      if Self.value(unit) == 0x3A3 {
        result.append((isFinalSigma(at: place) ? 0x3C2 : 0x3C3) | unit & Self.dataMark)
      } else {
        Self.append(Self.scalar(unit).properties.lowercaseMapping, like: unit, to: &result)
      }
    }
    return Text(units: result)
  }

  /// The first character in title case, the others in lower case.
  var capitalized: Text {
    guard let first = units.first else { return self }
    var result: [Unit] = []
    Self.append(Self.scalar(first).properties.titlecaseMapping, like: first, to: &result)
    return Text(units: result) + Text(units: Array(units.dropFirst())).lowercased
  }

  /// Python's `str.title`: every run of cased characters capitalized.
  var titlecased: Text {
    let lower = self
    var result: [Unit] = []
    var isInWord = false
    for unit in lower.units {
      let properties = Self.scalar(unit).properties
      Self.append(
        isInWord ? properties.lowercaseMapping : properties.titlecaseMapping, like: unit, to: &result)
      isInWord = properties.isCased
    }
    return Text(units: result)
  }

  /// Whether there are cased characters, and all of them are in that case.
  func isAllCased(_ isCase: (Unicode.Scalar.Properties) -> Bool) -> Bool {
    let cased = units.map { Self.scalar($0).properties }.filter(\.isCased)
    return !cased.isEmpty && cased.allSatisfy(isCase)
  }

  private func mapped(_ mapping: (Unicode.Scalar) -> String) -> Text {
    var result: [Unit] = []
    for unit in units { Self.append(mapping(Self.scalar(unit)), like: unit, to: &result) }
    return Text(units: result)
  }

  private static func append(_ string: String, like unit: Unit, to result: inout [Unit]) {
    for scalar in string.unicodeScalars { result.append(scalar.value | unit & dataMark) }
  }

  private func isFinalSigma(at place: Int) -> Bool {
    func isCased(_ unit: Unit?) -> Bool { unit.map { Self.scalar($0).properties.isCased } ?? false }
    func isPassedOver(_ unit: Unit) -> Bool { Self.scalar(unit).properties.isCaseIgnorable }
    let before = units[..<place].reversed().first { !isPassedOver($0) }
    let after = units[(place + 1)...].first { !isPassedOver($0) }
    return isCased(before) && !isCased(after)
  }
}
