import Faithfulness
import Testing

@Suite struct ItemTallyTests {
  @Test func everyCountHasALaneOfItsOwn() throws {
    try #require(ItemTally.Count.allCases.count <= ItemTally.lanes.counts)
    try #require(ItemTally.Expectation.allCases.count <= ItemTally.lanes.expectations)
    var tally = ItemTally()
    for count in ItemTally.Count.allCases { tally[count] = 1 + count.rawValue }
    for expectation in ItemTally.Expectation.allCases {
      tally[expected: expectation] = -1 - expectation.rawValue
    }
    for count in ItemTally.Count.allCases { #expect(tally[count] == 1 + count.rawValue) }
    for expectation in ItemTally.Expectation.allCases {
      #expect(tally[expected: expectation] == -1 - expectation.rawValue)
    }
  }
}
