import Streams

extension ScoreReport {
  /// A header and one row a (self, orig, group) and a pooled arm: the rows of the JSON form, each number's
  /// names joined by dots; lists are left out. `row_kind` tells them apart. Quoted as RFC 4180 says, lines
  /// end with a newline.
  var csv: String {
    get throws(ToolError) {
      let lines =
        rows.map { flatten($0.json(by: nil)) + (matrix?.cells(of: $0.selfName) ?? []) + kind("checkpoint") }
        + breakdown.map { flatten($0.json(by: plan.groupKey?.text)) + kind("group") }
        + arms.map { $0.csvFields(pairs: pairs) + kind("arm") }
      // What only some rows have, such as explanations read by probability, is a column all the same.
      var columns: [String] = []
      var known = Set(ArmRow.csvColumns)
      for field in lines.joined() where known.insert(field.name).inserted { columns.append(field.name) }
      columns += ArmRow.csvColumns
      var text = columns.map(quoted).joined(separator: ",") + "\n"
      for line in lines {
        let values = Dictionary(uniqueKeysWithValues: line.map { ($0.name, $0.value) })
        var cells: [String] = []
        for column in columns { cells.append(quoted(try cell(values[column] ?? .null))) }
        text += cells.joined(separator: ",") + "\n"
      }
      return text
    }
  }

  private func kind(_ name: String) -> [CSVField] { [("row_kind", .string(name))] }
}

private typealias CSVField = (name: String, value: JSON)

extension ArmRow {
  /// The columns that only arms fill.
  fileprivate static let csvColumns = [
    "arm.position", "arm.checkpoints", "exact_gap.value", "exact_gap.low", "exact_gap.high",
  ]

  /// Under the names that the same numbers have in a row of one checkpoint; its label stands for self.
  fileprivate func csvFields(pairs: Int) -> [CSVField] {
    flatten([
      "self": .string(arm.label), "orig": .string(origName), "baseline": false, "pairs": .integer(pairs),
      "items": .integer(items),
      "answer_accuracy": ["self": selfAccuracy.json, "orig": origAccuracy.json, "gap": gap.json],
      "diverged": [
        "pairs": .real(diverged), "self": divergedSelf.json, "orig": divergedOrig.json,
        "neither": divergedNeither.json,
      ],
      "null": ["all": ["null_gap": ["value": optional(nullGap)], "gap_over_null": gapOverNull.json]],
      "agreement": ["counterfactual": ["accuracy": agreement.json]],
      "truthful": truthful.json, "coupled": coupled.summaryJSON, "exact_gap": exactGap.json,
      "arm": ["position": optional(arm.position), "checkpoints": .integer(arm.names.count)],
    ])
  }
}

private func flatten(_ value: JSON, prefix: String = "") -> [CSVField] {
  switch value {
  case .object(let object):
    object.members.flatMap { member in
      flatten(member.value, prefix: prefix.isEmpty ? member.key : "\(prefix).\(member.key)")
    }
  case .array: []
  default: [(prefix, value)]
  }
}

/// A string as it is, null as nothing, other values as JSON writes them.
private func cell(_ value: JSON) throws(ToolError) -> String {
  switch value {
  case .null: ""
  case .string(let text): text
  default: String(decoding: try value.serialized(), as: UTF8.self)
  }
}

private func quoted(_ text: String) -> String {
  let special: Set<UInt8> = [UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r")]
  guard text.utf8.contains(where: special.contains) else { return text }
  return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}
