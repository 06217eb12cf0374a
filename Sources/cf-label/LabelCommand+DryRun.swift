import Cases
import CommandSupport
import Labelling
import Streams

extension LabelCommand {
  /// The cases that would be labelled, each read and turned into questions. Throws `ToolError` (65) for a bad
  /// one.
  func countCases(
    _ reader: RecordReader, with labeller: some Labeller, _ request: LabellingRequest
  ) throws(ToolError) -> Int {
    var ids = DuplicateGuard()
    var selection = selection.selection
    var count = 0
    while !selection.isExhausted {
      let isTaken = try reader.next { line throws(ToolError) in
        let record = try Case(json: .object(line.object))
        try ids.insert(record.id, at: line.position)
        if selection.reasonToLeaveOut(id: record.id, split: record.split?.rawValue) != nil {
          return false
        }
        _ = try labeller.questions(of: record, request: request)
        return true
      }
      guard let isTaken else { break }
      count += isTaken ? 1 : 0
    }
    return count
  }
}
