import Testing
import Transformer

@Suite struct ContinuationMemoryTests {
  /// A memory that has seen these texts.
  private func memory(_ texts: [[Int32]]) -> ContinuationMemory {
    var memory = ContinuationMemory()
    for text in texts {
      for index in text.indices { memory.observe(text[index], after: Array(text[..<index])) }
    }
    return memory
  }

  @Test func draftsWhatCameTwice() {
    let text: [Int32] = [1, 2, 3, 4, 5, 6, 7]
    #expect(memory([text]).draft(after: [1, 2], maximum: 9, stop: []) == [])
    #expect(memory([text, text]).draft(after: [1, 2], maximum: 9, stop: []) == [3, 4, 5, 6, 7])
    #expect(memory([text, text]).draft(after: [1, 2], maximum: 2, stop: []) == [3, 4])
    #expect(memory([text, text]).draft(after: [9, 2], maximum: 9, stop: []) == [])
  }

  @Test func draftsNoStopToken() {
    let text: [Int32] = [1, 2, 3, 4]
    #expect(memory([text, text]).draft(after: [1], maximum: 9, stop: [4]) == [2, 3])
  }

  @Test func aDraftHasALimit() {
    let text = (0..<40).map(Int32.init)
    #expect(
      memory([text, text]).draft(after: [0], maximum: 30, stop: []).count == ContinuationMemory.longestDraft)
  }

  @Test func whatVariesIsNotDrafted() {
    let texts = (0..<40).map { [1, 2, Int32(3 + $0 % 2), 9] }
    #expect(memory(texts).draft(after: [1], maximum: 9, stop: []) == [2])
    #expect(memory(texts).draft(after: [1, 2, 3], maximum: 9, stop: []) == [9])
  }

  @Test func changesItsMind() {
    let old: [Int32] = [1, 2, 3]
    let new: [Int32] = [1, 2, 4]
    let texts = Array(repeating: old, count: 5) + Array(repeating: new, count: 12)
    #expect(memory(texts).draft(after: [1, 2], maximum: 1, stop: []) == [4])
  }

  @Test func startsAfreshWhenFull() {
    var memory = memory([[1, 2], [1, 2]])
    for index in 0..<Int32(ContinuationMemory.limit) { memory.observe(0, after: [index, index, index]) }
    #expect(memory.draft(after: [1], maximum: 1, stop: []) == [])
  }
}
