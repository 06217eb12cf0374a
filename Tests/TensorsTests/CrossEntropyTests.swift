import Glibc
import Tensors
import Testing

@Suite struct CrossEntropyTests {
  static let counts = [1, 2, 15, 16, 17, 1023, 1040, 49_152]

  private func naiveLogSumExp(_ logits: [Double]) -> Double {
    let highest = logits.max() ?? 0
    return highest + log(logits.reduce(0) { $0 + exp($1 - highest) })
  }

  @Test(arguments: counts) func normaliserIsTheSumsLogarithm(count: Int) {
    for scale: Float in [1, 30] {
      let logits = Sample(1, count, seed: UInt64(count), scale: scale)
      let found = Double(logSumExp(logits.matrix.row(0), count: count))
      #expect(abs(found - naiveLogSumExp(logits.values)) < 1e-6 * Double(scale) + 1e-6)
    }
  }

  @Test func normaliserOfFarLogitsIsFinite() {
    let logits = FloatStorage(copying: [-3e38, 5000, 5000, -5000])
    #expect(abs(logSumExp(logits.base, count: 4) - (5000 + Float(log(2.0)))) < 1e-3)
  }

  @Test func tiesGoToTheFirst() {
    let logits = FloatStorage(copying: [-1, 4, 3, 4, 4])
    #expect(argMax(logits.base, count: 5) == 1)
    #expect(argMax(logits.base, count: 1) == 0)
  }

  @Test(arguments: counts) func gradientIsTheSlopeOfTheWeightedLosses(count: Int) {
    let point = Sample(1, count, seed: 7, scale: 4)
    let targets = [
      CrossEntropyTarget(token: Int32(count - 1), weight: 0.5),
      CrossEntropyTarget(token: Int32(count / 2), weight: 2),
      CrossEntropyTarget(token: Int32(count / 2), weight: 0.25),
    ]
    let before = point.values
    let losses = crossEntropyBackward(replacing: point.matrix.row(0), count: count, targets: targets)
    let normaliser = naiveLogSumExp(before)
    for (loss, target) in zip(losses, targets) {
      #expect(abs(Double(loss) - (normaliser - before[Int(target.token)])) < 5e-6)
    }
    var expected = before.map { 2.75 * exp($0 - normaliser) }
    for target in targets { expected[Int(target.token)] -= Double(target.weight) }
    #expect(greatestDifference(point.values, expected) < 3e-6)
    if count <= 17 {
      let slope = slopes(
        of: { logits in
          targets.reduce(0) {
            $0 + Double($1.weight) * (naiveLogSumExp(logits) - logits[Int($1.token)])
          }
        }, at: before)
      #expect(greatestDifference(point.values, slope) < 3e-6)
    }
  }

  /// e^x to a few units in the last place, in the vectors and in the rest after them: the gradient at a logit that is
  /// no target is exactly what the exponential gives for its distance to the normaliser.
  @Test func exponentialAgreesWithTheSystemsLibrary() {
    let values = (0..<4001).map { -Float($0) / 4001 * 80 }
    let logits = FloatStorage(copying: values)
    let normaliser = logSumExp(logits.base, count: values.count)
    _ = crossEntropyBackward(
      replacing: logits.base, count: values.count, targets: [CrossEntropyTarget(token: 0, weight: 1)])
    for (index, value) in values.enumerated().dropFirst() {
      let expected = Double(expf(value - normaliser))
      #expect(abs(Double(logits.base[index]) / expected - 1) < 4e-7, "e^(\(value) − \(normaliser))")
    }
  }
}
