import Streams

/// What an earlier, interrupted run has written: its records are skipped, in order, and must be those of the
/// same input.
public struct LabelledBefore: Sendable {
  private let name: String
  /// A hash of each record without what labelling added; a few bytes a case.
  private var records: [UInt64] = []
  private var taken = 0

  /// - Parameter name: the NAME under which it labelled.
  public init(name: String) { self.name = name }

  /// Takes in a record of the partial output.
  public mutating func note(_ record: Record) { records.append(hash(record.object)) }

  /// Whether the next record of the input was labelled already. Throws `ToolError` (64) where the partial
  /// output has another record in its place.
  mutating func takes(_ record: Record) throws(ToolError) -> Bool {
    guard taken < records.count else { return false }
    guard records[taken] == hash(record.object) else {
      throw ToolError(
        .usage, "cannot resume: the partial output was made from other input", at: record.position)
    }
    taken += 1
    return true
  }

  /// Throws `ToolError` (64) where the input ended before what was labelled of it.
  func checkAllTaken() throws(ToolError) {
    guard taken == records.count else {
      throw ToolError(.usage, "cannot resume: the input has fewer cases than the partial output")
    }
  }

  private func hash(_ object: JSONObject) -> UInt64 {
    var object = object
    for key in ["behaviors", "explanations"] {
      guard var entries = object[key]?.object else { continue }
      entries[name] = nil
      object[key] = entries.isEmpty ? nil : .object(entries)
    }
    // A record came out of the parser, so it can be written.
    let bytes = (try? JSON.object(object).serialized()) ?? []
    return stableHash64(String(decoding: bytes, as: UTF8.self))
  }
}
