import Streams

extension ScoreReport {
  /// A header and one row a (self, orig, group): the rows of the JSON form, each number's names joined by
  /// dots; lists are left out. Quoted as RFC 4180 says, lines end with a newline.
  var csv: String {
    get throws(ToolError) {
      let lines =
        rows.map { flatten($0.json(by: nil)) } + breakdown.map { flatten($0.json(by: plan.groupKey?.text)) }
      guard let first = lines.first else { return "" }
      var text = first.map { quoted($0.name) }.joined(separator: ",") + "\n"
      for line in lines {
        var cells: [String] = []
        for field in line { cells.append(quoted(try cell(field.value))) }
        text += cells.joined(separator: ",") + "\n"
      }
      return text
    }
  }
}

private func flatten(_ value: JSON, prefix: String = "") -> [(name: String, value: JSON)] {
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
