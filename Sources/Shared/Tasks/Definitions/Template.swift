extension String {
  /// The text with every `{name}` of `values` filled in, all at once: what is put in is not looked into
  /// again.
  func filled(_ values: [String: String]) -> String {
    var text = ""
    var rest = self[...]
    while let brace = rest.firstIndex(of: "{") {
      text += rest[..<brace]
      rest = rest[brace...]
      if let end = rest.firstIndex(of: "}"), let value = values[String(rest[rest.index(after: brace)..<end])]
      {
        text += value
        rest = rest[rest.index(after: end)...]
      } else {
        text.append(rest.removeFirst())
      }
    }
    return text + rest
  }
}
