import Cases
import Testing

@Suite struct AnswerCountsTests {
  @Test func answersThatAllCasesHaveAreCountedByText() {
    var counts = AnswerCounts()
    for answer in ["A", "B", "B", "D"] { counts.add(answer, among: ["A", "B", "C", "D"]) }
    #expect(counts.named == ["A": 1, "B": 2, "D": 1])
    #expect(counts.total == 4)
    // Other letters for the same places, in some of the cases.
    for answer in ["1", "2", "3", "4"] { counts.add(answer, among: ["1", "2", "3", "4"]) }
    #expect(counts.named.count == 7)
  }

  @Test func answersOfTheCasesOwnAreCountedByPlace() {
    var counts = AnswerCounts()
    for number in 0..<5 { counts.add("pear \(number)", among: ["stone \(number)", "pear \(number)"]) }
    counts.add("stone 5", among: ["stone 5", "pear 5"])
    #expect(counts.named == ["option 1": 1, "option 2": 5])
    #expect(counts.total == 6)
  }
}
