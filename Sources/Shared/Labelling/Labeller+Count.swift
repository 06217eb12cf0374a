import Cases
import Streams

extension Labeller {
  /// How many cases a run would label: each is read and turned into questions. Throws `ToolError` (65) for a bad one.
  public func count(
    _ reader: RecordReader, _ selection: Selection, _ request: LabellingRequest
  ) throws(ToolError) -> Int {
    var ids = DuplicateGuard()
    var selection = selection
    var count = 0
    while !selection.isExhausted {
      let isTaken = try reader.next { line throws(ToolError) in
        let record = try Case(json: .object(line.object))
        try ids.insert(record.id, at: line.position)
        if selection.reasonToLeaveOut(id: record.id, split: record.split?.rawValue) != nil {
          return false
        }
        _ = try questions(of: record, request: request)
        return true
      }
      guard let isTaken else { break }
      count += isTaken ? 1 : 0
    }
    return count
  }
}
