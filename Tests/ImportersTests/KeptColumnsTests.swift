import Cases
import Importers
import Streams
import Testing

/// Columns that a task keeps beside what its shape reads.
@Suite struct KeptColumnsTests {
  @Test func valuesAreKeptAsTheyStand() throws {
    let rows = """
      {"question": "Q?", "choices": ["a", "b"], "answer": 1, "Subject": "law", "level": 1.50, "meta": {"by": null, "n": [1]}}
      {"question": "R?", "choices": ["a", "b"], "answer": 0, "subject": null, "level": true, "meta": {"by": "me", "n": 2}}
      """
    let read = try importing(rows, task: "hint", keep: ["subject", "level", "meta.by", "meta.n"])
    #expect(
      read.items.map(\.kept) == [
        ["subject": "law", "level": .literal("1.50"), "meta": ["by": nil, "n": [1]]],
        ["subject": nil, "level": true, "meta": ["by": "me", "n": 2]],
      ])
    let table = try importing("text,title,age\nI left.,A, 7\n", task: "sycophancy", keep: ["age"])
    #expect(table.items.map(\.kept) == [["age": " 7"]])
  }

  @Test func ownColumnsAndMappedOnesAreKeptToo() throws {
    let columns = RowShape.columns(RowColumns(main: "review", answers: ["yes", "no"]))
    let own = try importing(#"{"review": "Fine.", "stars": 4}"#, task: "mine", rows: columns, keep: ["stars"])
    #expect(own.items.map(\.kept) == [["stars": 4]])
    let mapped = try importing(
      "ask,topic\nHow?,locks\n", task: "refusal", map: ["ask=prompt"], keep: ["topic"])
    #expect(mapped.items.map(\.kept) == [["topic": "locks"]])
  }

  @Test func aRowWithoutTheColumnIsABadOne() throws {
    let rows = #"{"prompt": "How?", "topic": "locks"}"# + "\n" + #"{"prompt": "Why?"}"#
    let read = try importing(rows, task: "refusal", keep: ["topic"])
    #expect(read.items.count == 1)
    #expect(read.errors == [#"2:1: missing "topic", which the task keeps"#])
  }
}
