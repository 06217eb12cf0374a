import Importers
import Testing

@Suite struct JSONTests {
  @Test func linesAndArraysReadAlike() throws {
    let rows = [#"{"prompt": "a"}"#, #"{"prompt": "b ] } , [ \" \\"}"#, #"{"prompt": "c"}"#]
    let lines = try importing(rows.joined(separator: "\r\n"), task: "refusal")
    let array = try importing("\u{FEFF} [\n" + rows.joined(separator: " ,\n ") + "\n]\n", task: "refusal")
    #expect(lines.requests.map(\.text) == ["a", "b ] } , [ \" \\", "c"])
    #expect(array.items == lines.items)
  }

  @Test func aBrokenLineCostsOneRow() throws {
    let text =
      "{\"prompt\": \"a\"}\n\n{\"prompt\": \"b\"\n{\"prompt\": 7}\n[1]\n{\"x\": 1}\n{\"prompt\": \"c\"}\n"
    let result = try importing(text, task: "refusal")
    #expect(result.items.map(\.row) == [0, 5])
    #expect(result.rejected.map { $0.error.position?.line } == [3, 4, 5, 6])
    #expect(result.errors[1] == "4:1: \"prompt\" is a number, expected a string")
    #expect(result.errors[2] == "5:1: the row is a JSON array, expected an object")
    #expect(result.errors[3].hasPrefix("6:1: missing: any of \"prompt\", "))
  }

  @Test func aBrokenElementIsNamedByLineAndColumn() throws {
    let text = "[{\"prompt\": \"a\"},\n  {\"prompt\": tru}, {\"prompt\": \"b\"}]"
    let result = try importing(text, task: "refusal")
    #expect(result.requests.map(\.text) == ["a", "b"])
    #expect(result.rejected.first?.error.position?.line == 2)
    let column = try #require(result.rejected.first?.error.position?.column)
    #expect((14...18).contains(column), "at the word that is no JSON, got \(column)")
  }

  @Test func brokenArraysEndTheReading() throws {
    for text in [#"[{"prompt": "a"}"#, #"[{"prompt": "a"}] x"#, #"[{"prompt": "a"} {"prompt": "b"}]"#] {
      let error = failure {
        let result = try importing(text, task: "refusal")
        // Two objects without a comma are one element to the splitter, and a rejected row.
        if let rejected = result.rejected.first { throw rejected.error }
        return result
      }
      #expect(error?.status == .badData, "\(text)")
    }
    #expect(try importing("[]", task: "refusal").items.isEmpty)
  }

  @Test func badUTF8InALine() throws {
    let bytes = Array("{\"prompt\": \"a\"}\n{\"prompt\": \"".utf8) + [0xFF] + Array("\"}\n".utf8)
    let result = try importing(bytes, task: "refusal")
    #expect(result.items.count == 1)
    #expect(result.rejected.first?.error.position?.line == 2)
  }
}
