import Cases
import CommandSupport
import Labelling
import Streams

extension LabelCommand {
  /// The cases that would be labelled, each read and turned into questions. Throws `ToolError` (65) for a bad
  /// one.
  func countCases(
    _ reader: RecordReader, with labeller: some CaseLabeller, _ request: LabellingRequest
  ) throws(ToolError) -> Int {
    var ids = DuplicateGuard()
    var selection = selection.selection
    var count = 0
    while !selection.isExhausted {
      let isTaken = try reader.next { record throws(ToolError) in
        let labelCase = try Case(json: .object(record.object))
        try ids.insert(labelCase.id, at: record.position)
        if selection.reasonToLeaveOut(id: labelCase.id, split: labelCase.split?.rawValue) != nil {
          return false
        }
        _ = try labeller.plan(labelCase, request: request)
        return true
      }
      guard let isTaken else { break }
      count += isTaken ? 1 : 0
    }
    return count
  }
}
