import Streams

/// A description for people: a member a line, its value after the longest name; an object's members below it, moved in.
/// Members that are null are left out.
public func plainText(_ description: JSONObject) -> String {
  lines(description, indentation: "").map { $0 + "\n" }.joined()
}

private func lines(_ object: JSONObject, indentation: String) -> [String] {
  let members = object.members.filter { !$0.value.isNull }
  let width = members.filter { $0.value.object == nil }.map(\.key.count).max() ?? 0
  return members.flatMap { member -> [String] in
    // Names in capitals are those of types.
    let isWords = member.key == member.key.lowercased()
    let name = indentation + (isWords ? member.key.replacing("_", with: " ") : member.key).printable
    if let object = member.value.object {
      return object.isEmpty ? [] : [name] + lines(object, indentation: indentation + "  ")
    }
    let padding = String(repeating: " ", count: width - member.key.count + 2)
    return [name + padding + text(member.value)]
  }
}

private func text(_ value: JSON) -> String {
  switch value {
  case .string(let text): text.contains("\n") ? "\(text.debugDescription)" : text.printable
  case .bool(let flag): flag ? "yes" : "no"
  case .integer(let number): grouped(number)
  case .array(let elements): elements.isEmpty ? "none" : elements.map(text).joined(separator: ", ")
  default: (try? value.serialized()).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
