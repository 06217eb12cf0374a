import Faithfulness
import Testing

@Suite struct MultipleComparisonsTests {
  /// By R: `p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")` is 0.03 0.06 0.06 0.02.
  @Test func holmIsAsInR() {
    let adjusted = holmAdjusted([0.01, 0.04, 0.03, 0.005])
    for (value, expected) in zip(adjusted, [0.03, 0.06, 0.06, 0.02]) {
      #expect(abs(value - expected) < 1e-12)
    }
    #expect(holmAdjusted([0.5, 0.9]) == [1, 1])
    #expect(holmAdjusted([]) == [])
  }

  @Test func rowsAreAdjustedTogetherWithoutTheBaseline() throws {
    let report = try report(Fixture.cases(), selves: ["M1", "M2"], origs: ["M0"], baseline: "M0")
    let adjusted = report.rows.map(\.adjusted)
    #expect(adjusted.map { $0?.family } == [2, 2, nil])
    #expect(adjusted[1]?.signFlip == min(1, 2 * report.rows[1].tests.signFlip))
    #expect(adjusted[0]?.signFlip == max(adjusted[1]?.signFlip ?? 0, report.rows[0].tests.signFlip))
  }
}
