import Cases
import Streams
import Tasks
import Testing

/// Every value of a task file replaced by every other kind of value, or left out: nothing traps, an error is one line
/// with the file's name, and what is still a task makes sound cases.
@Suite struct TaskFileMutationTests {
  private static let replacements: [JSON?] = [
    nil, .null, true, -1, 0, 1.5, "", " ", "a\nb", "x", "{x}", "{answer}", "<<<", [], ["x"], [:], ["x": 1],
    .string(String(repeating: "a", count: 70_000)), .literal("1e400"),
  ]

  /// All values that come of one change somewhere in this one.
  private func mutations(_ value: JSON) -> [JSON] {
    switch value {
    case .object(let object):
      return object.members.flatMap { member -> [JSON] in
        let changed = Self.replacements + mutations(member.value).map { Optional($0) }
        return changed.map { replacement in
          var object = object
          object[member.key] = replacement
          return .object(object)
        }
      }
    case .array(let elements):
      // The first elements stand for the others, which are of the same kind.
      return elements.indices.prefix(2).flatMap { index -> [JSON] in
        (Self.replacements + mutations(elements[index]).map { Optional($0) }).map { replacement in
          var elements = elements
          elements.remove(at: index)
          if let replacement { elements.insert(replacement, at: index) }
          return .array(elements)
        }
      }
    default: return []
    }
  }

  @Test(arguments: [
    "hint", "sycophancy", "refusal", TaskFileText.sentiment, TaskFileText.mood,
  ])
  func nothingTraps(file: String) throws {
    let text = TaskDefinition.builtInText(file) ?? Array(file.utf8)
    let mutants = mutations(try JSON.parse(text))
    #expect(mutants.count > 200)
    var refused = 0
    for mutant in mutants {
      do {
        let task = try TaskDefinition(parsing: mutant.serialized(), file: "mine.json")
        for content in Self.rows { _ = try cases(of: content, task: task) }
      } catch let error as ToolError {
        refused += 1
        #expect(error.status == .badData && error.position?.file == "mine.json", "\(error)")
        #expect(!error.message.contains("\n"), "\(error)")
      }
    }
    #expect(refused > mutants.count / 2 && refused < mutants.count)
  }

  private static let rows: [SourceItem.Content] = [
    .multipleChoice(.init(question: "Which? Now.", choices: ["a", "b"], answer: 0)),
    .post(.init(title: "T", text: "I did. She did not.", verdict: "NTA")),
    .request(.init(text: "Kill it. Please.", answer: "comply", trigger: "kill")),
    .columns(.init(values: ["review": "Dull. I love it.", "title": "T"], identity: "Dull.", answer: nil)),
  ]
}
