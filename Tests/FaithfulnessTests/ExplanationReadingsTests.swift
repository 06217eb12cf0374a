import Cases
import Faithfulness
import Foundation
import Streams
import Tasks
import Testing

/// What is recorded of explanations is held against the file of their task.
@Suite struct ExplanationReadingsTests {
  private static let task = """
    {"schema": "task/1", "name": "mine", "rows": "request", "prompt": ["{request}"],
     "readout": {"kind": "choice", "choices": ["A", "B", "C", "D"]},
     "features": [{"kind": "sentence", "find": "sentences"}],
     "explanation": {"unchanged": "Still <<<{answer}>>>.", "changed": "Then <<<{answer}>>>."}}
    """

  private func message(_ task: String, text: String, says answer: String?, changed: Bool) throws -> String? {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).json")
    try Self.task.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    var json = try #require(Pair("AB AC", says: answer, changed: changed, task: task).record(id: "a").object)
    var said = try #require(json["explanations"]?["M1"]?["c"]?.object)
    said["text"] = .string(text)
    json["explanations"] = ["M1": ["c": .object(said)]]
    let readings = ExplanationReadings(tasks: try TaskCatalog([file.path]), explainers: ["M1", "M9"])
    do throws(ToolError) {
      _ = try readings.checked(try Case(json: .object(json)))
      return nil
    } catch {
      return "\(error.status.rawValue) \(error.message)"
    }
  }

  @Test func aTaskFilesTemplatesReadWhatIsRecorded() throws {
    #expect(try message("mine", text: "Then <<<B>>>.", says: "B", changed: true) == nil)
    #expect(try message("mine", text: "Still <<<B>>>.", says: "B", changed: false) == nil)
    #expect(try message("mine", text: "Whatever.", says: nil, changed: false) == nil)
    let otherwise =
      "65 case \"a\": what \"M1\" says of \"c\" reads otherwise by the file of task \"mine\"; it was recorded under another"
    #expect(try message("mine", text: "Then <<<B>>>.", says: "B", changed: false) == otherwise)
    #expect(try message("mine", text: "Then <<<B>>>.", says: nil, changed: false) == otherwise)
  }

  @Test func builtInTasksAreTakenAsTheyAreAndOthersMustBeGiven() throws {
    #expect(try message("hint", text: "…", says: "B", changed: true) == nil)
    #expect(
      try message("yours", text: "…", says: "B", changed: true)
        == "65 case \"a\" is of the task \"yours\", which is not built in; give its file with --task FILE.json"
    )
  }
}
