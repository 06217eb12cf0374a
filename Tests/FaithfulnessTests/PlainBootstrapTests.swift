import Cases
import Faithfulness
import Streams
import Testing

/// The crossed bootstrap again, as it is defined: items and checkpoints one by one, from the records.
@Suite struct PlainBootstrapTests {
  /// Right answers of one explainer on one item's pairs.
  private struct Counts {
    var pairs = 0.0
    var selfRight = 0.0
    var origRight = 0.0
  }

  /// By item, then by explainer.
  private func items(_ names: [String]) throws -> [[Counts]] {
    var items: [String: [Counts]] = [:]
    for record in try Fixture.cases() where record.split == nil || record.split == .test {
      var counts = items[record.sourceItem ?? record.id] ?? names.map { _ in Counts() }
      for feature in record.features {
        let original = try record.behavior(of: "M0")?.counterfactual[feature.id]?.answer
        for (index, name) in names.enumerated() {
          let stated = try record.explanations(of: name)?[feature.id]?.answer
          counts[index].pairs += 1
          if let stated, stated == (try record.behavior(of: name)?.counterfactual[feature.id]?.answer) {
            counts[index].selfRight += 1
          }
          if let stated, stated == original { counts[index].origRight += 1 }
        }
      }
      items[record.sourceItem ?? record.id] = counts
    }
    return items.sorted { $0.key < $1.key }.map(\.value)
  }

  /// mean self over an arm of M1 and M2, less mean orig of an arm of M2.
  @Test func aClaimIsThatOfAPlainBootstrap() throws {
    let items = try items(["M1", "M2"])
    func share(_ drawn: [[Counts]], _ column: Int, _ right: KeyPath<Counts, Double>) -> Double {
      drawn.reduce(0) { $0 + $1[column][keyPath: right] } / drawn.reduce(0) { $0 + $1[column].pairs }
    }
    var random = CounterRandom(seed: 5, "plain")
    let differences = (0..<4_000).map { _ in
      let drawn = items.map { _ in items[random.integer(below: items.count)] }
      let columns = [random.integer(below: 2), random.integer(below: 2)]
      let left = columns.map { share(drawn, $0, \.selfRight) }.reduce(0, +) / 2
      return left - share(drawn, 1, \.origRight)
    }.sorted()
    let mean = differences.reduce(0, +) / 4_000
    let error = (differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3_999).squareRoot()

    let claim = try report(
      Fixture.cases(), selves: ["M1", "M2"], origs: ["M0"], arms: ["both=M1,M2", "two=M2"],
      claims: ["F: both.self > two.orig"]
    ).findings[0].claims[0]
    let observed =
      [0, 1].map { share(items, $0, \.selfRight) }.reduce(0, +) / 2 - share(items, 1, \.origRight)
    #expect(abs((claim.difference.value ?? 0) - observed) < 1e-12)
    // Two samples of thousands: their spreads are within a few percent, their tails within a fraction of it.
    #expect(abs((claim.standardError ?? 0) / error - 1) < 0.08)
    let interval = try #require(claim.difference.interval)
    #expect(abs(interval.low - differences[100]) < 0.3 * error)
    #expect(abs(interval.high - differences[3_899]) < 0.3 * error)
    // Far enough from 0 on a scale of the bootstrap for both p-values to be seen.
    let below = Double(differences.count { $0 <= 0 }) / 4_000
    #expect(abs(claim.probability - below) < 0.02)
  }
}
