import Cases
import CommandSupport
import Labelling
import ModelOptions
import Streams

extension LabelCommand {
  /// Prints what the checkpoint is given of a case. Nothing is computed, so its weights are not read. Throws
  /// `ToolError`: 65 where no case has that id, 64 with `--server`, whose tokens are not known here.
  func draw(caseID: String) throws {
    guard server.server.isEmpty else { throw ToolError(.usage, "--show does not go with --server") }
    var run = RunRecord(self)
    let tasks = try tasks.catalog()
    let request = LabellingRequest(
      name: name, explain: explain, explainScores: explainScores,
      shots: try shots.choose(input: input, name: name, tasks: tasks, &run.manifest), replace: true,
      tasks: tasks)
    let prompts = try checkpoint.prompts(of: checkpoint.source())
    let reader = try input.reader(rejects: common.rejectPolicy())
    while true {
      let drawing = try reader.next { record throws(ToolError) -> CaseDrawing? in
        let read = try Case(json: .object(record.object))
        guard read.id == caseID else { return nil }
        return CaseDrawing(
          try CaseQueries(read, request: request, prompts: prompts), tokenizer: prompts.tokenizer)
      }
      guard let drawing else { throw ToolError(.badData, "--show \(caseID): no case has that id") }
      guard let drawing else { continue }
      let file = try OutputFile(path: output.path, mode: common.outputMode)
      try file.write(drawing.text)
      try file.finish()
      return
    }
  }
}
