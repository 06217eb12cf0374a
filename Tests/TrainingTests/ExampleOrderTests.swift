import Testing
import Training

@Suite struct ExampleOrderTests {
  /// Eleven examples of four cases, whose examples do not lie together as they were read.
  private static let groups = ["a", "b", "a", "c", "c", "b", "a", "d", "d", "d", "a"]

  private func order(_ shuffle: Shuffle, seed: UInt64 = 1, batchSize: Int = 4) -> ExampleOrder {
    ExampleOrder(groups: Self.groups, batchSize: batchSize, shuffle: shuffle, seed: seed)
  }

  @Test(arguments: Shuffle.allCases) func anEpochHasEveryExampleOnce(shuffle: Shuffle) {
    for epoch in 0..<20 {
      #expect(order(shuffle).permutation(epoch: epoch).sorted() == Array(Self.groups.indices))
    }
  }

  @Test func casesStayTogetherInTheOrderInWhichTheyWereRead() {
    for epoch in 0..<20 {
      let permutation = order(.case).permutation(epoch: epoch)
      for name in Set(Self.groups) {
        let places = permutation.indices.filter { Self.groups[permutation[$0]] == name }
        #expect(places == Array(places[0]..<places[0] + places.count))
        let examples = places.map { permutation[$0] }
        #expect(examples == examples.sorted())
      }
    }
  }

  @Test func ordersAreFunctionsOfSeedAndEpoch() {
    for shuffle in [Shuffle.case, .example] {
      let orders = (0..<6).map { order(shuffle).permutation(epoch: $0) }
      #expect(orders == (0..<6).map { order(shuffle).permutation(epoch: $0) })
      #expect(Set(orders).count > 1)
      #expect(Set((1...6).map { order(shuffle, seed: $0).permutation(epoch: 0) }).count > 1)
    }
    #expect(order(.none).permutation(epoch: 3) == Array(Self.groups.indices))
  }

  @Test func stepsCutEpochsIntoBatches() {
    let order = order(.none)
    #expect(order.stepsPerEpoch == 3)
    let places = (1...6).map { order.places(ofStep: $0) }
    #expect(places.map(\.epoch) == [0, 0, 0, 1, 1, 1])
    #expect(places.map(\.range) == [0..<4, 4..<8, 8..<11, 0..<4, 4..<8, 8..<11])
  }
}
