import Glibc
import Tensors
import Testing

@Suite struct DivergenceTests {
  private func logProbabilities(_ logits: [Double]) -> [Double] {
    let highest = logits.max() ?? 0
    let normaliser = highest + log(logits.reduce(0) { $0 + exp($1 - highest) })
    return logits.map { $0 - normaliser }
  }

  private func naive(_ student: [Double], _ teacher: [Double], _ divergence: Divergence) -> Double {
    let (q, p) = (logProbabilities(student), logProbabilities(teacher))
    switch divergence {
    case .forward: return zip(p, q).reduce(0) { $0 + exp($1.0) * ($1.0 - $1.1) }
    case .reverse: return zip(p, q).reduce(0) { $0 + exp($1.1) * ($1.1 - $1.0) }
    }
  }

  @Test(arguments: CrossEntropyTests.counts, Divergence.allCases)
  func gradientIsTheSlopeOfTheDivergence(count: Int, divergence: Divergence) {
    let student = Sample(1, count, seed: 7, scale: 4)
    let teacher = Sample(1, count, seed: 8, scale: 4)
    let (q, p) = (student.values, teacher.values)
    let loss = divergenceBackward(
      student: student.matrix.row(0), replacing: teacher.matrix.row(0), count: count, divergence, weight: 0.5)
    let expected = naive(q, p, divergence)
    #expect(abs(Double(loss) - expected) < 1e-5 + 1e-5 * expected)
    #expect(student.values == q, "the student's logits stay")
    let step = max(1, count / 40)
    let slope = slopes(of: { 0.5 * naive($0, p, divergence) }, at: q, every: step)
    #expect(greatestDifference(everyValue(teacher.values, step), slope) < 5e-6)
  }

  @Test(arguments: Divergence.allCases) func nothingIsLearnedFromOneself(divergence: Divergence) {
    let student = Sample(1, 1040, seed: 3, scale: 9)
    let teacher = Sample(1, 1040, seed: 3, scale: 9)
    let loss = divergenceBackward(
      student: student.matrix.row(0), replacing: teacher.matrix.row(0), count: 1040, divergence, weight: 1)
    #expect(student.values.count == 1040 && loss == 0 && teacher.values.allSatisfy { $0 == 0 })
  }

  /// A loss that is no number must not pass for none.
  @Test(arguments: Divergence.allCases) func whatIsNoNumberStaysSo(divergence: Divergence) {
    let student = FloatStorage(copying: [1, .nan, 3])
    let teacher = FloatStorage(copying: [1, 2, 3])
    withExtendedLifetime((student, teacher)) {
      let loss = divergenceBackward(
        student: student.base, replacing: teacher.base, count: 3, divergence, weight: 1)
      #expect(loss.isNaN)
    }
  }
}
