/// The training step that a checkpoint's NAME tells: `M120` is step 120 of series `M`.
package struct TrainingStep: Equatable, Sendable {
  package var series: String
  package var step: Int

  /// nil for a NAME that does not end in a number, or in one beyond 15 digits.
  package init?(name: String) {
    let digits = name.utf8.reversed().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
    guard (1...15).contains(digits), let step = Int(name.suffix(digits)) else { return nil }
    series = String(name.dropLast(digits))
    self.step = step
  }
}
