import Testing
import Training

@Suite struct LearningRateScheduleTests {
  /// What transformers 4.57 gives (`get_scheduler`, 3 steps of warm-up of 10), whose rise starts at 0 and ours at
  /// 1/warmup.
  @Test(arguments: [
    (LearningRateSchedule.Kind.constant, [1.0, 1, 1, 1, 1, 1, 1]),
    (.linear, [1.0, 0.857143, 0.714286, 0.571429, 0.428571, 0.285714, 0.142857]),
    (.cosine, [1.0, 0.950484, 0.811745, 0.61126, 0.38874, 0.188255, 0.049516]),
  ])
  func fallsAsInTransformers(kind: LearningRateSchedule.Kind, expected: [Double]) {
    let schedule = LearningRateSchedule(kind: kind, peak: 2e-4, warmupSteps: 3, totalSteps: 10)
    for (index, share) in expected.enumerated() {
      #expect(abs(schedule.rate(at: 4 + index) / 2e-4 - share) < 1e-6)
    }
  }

  @Test(arguments: LearningRateSchedule.Kind.allCases) func risesInALine(kind: LearningRateSchedule.Kind) {
    let schedule = LearningRateSchedule(kind: kind, peak: 0.6, warmupSteps: 3, totalSteps: 10)
    #expect((1...3).map { schedule.rate(at: $0) }.elementsEqual([0.2, 0.4, 0.6]) { abs($0 - $1) < 1e-12 })
  }

  @Test func theFirstStepHasThePeakWithoutARise() {
    for kind in LearningRateSchedule.Kind.allCases {
      #expect(LearningRateSchedule(kind: kind, peak: 1, warmupSteps: 0, totalSteps: 5).rate(at: 1) == 1)
    }
  }

  @Test func ratesAreNeverNegative() {
    for kind in LearningRateSchedule.Kind.allCases {
      let schedule = LearningRateSchedule(kind: kind, peak: 1, warmupSteps: 9, totalSteps: 5)
      #expect((1...20).allSatisfy { schedule.rate(at: $0) >= 0 })
    }
  }
}
