import Faithfulness

extension ReportTable {
  /// The table in HTML, its columns sortable by tables.js; a table of texts keeps its order.
  /// - Parameter apart: the name of rows that stand apart below the others, and stay there when they are
  ///   sorted.
  package func html(_ caption: String, isText: Bool = false, apart: String? = nil) -> HTML {
    let head: [HTML] = header.map { "<th scope=\"col\">\($0)</th>" }
    let kind: HTML = isText ? " class=\"text\"" : " class=\"sortable\""
    let others = rows.filter { $0.first == apart }
    let last: HTML = others.isEmpty ? "" : "<tbody class=\"apart\">\n\(others.map(line))</tbody>"
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="\(caption)"><table\(kind)>\
      <caption><span>\(caption)</span></caption>
      <thead><tr>\(head)</tr></thead>
      <tbody>
      \(rows.filter { $0.first != apart }.map(line))</tbody>\(last)</table></div>

      """
  }

  /// The table folded where it is long, for others below it are not to be missed.
  package func folded(_ caption: String, apart: String? = nil) -> HTML {
    let table = html(caption, apart: apart)
    guard rows.count > Self.openLines else { return table }
    return "<details><summary>\(caption): \(rows.count) lines</summary>\(table)</details>\n"
  }

  private static let openLines = 40

  private func line(_ row: [String]) -> HTML {
    let cells: [HTML] = row.dropFirst().map { "<td>\(cell($0))</td>" }
    return "<tr><th scope=\"row\">\(row.first ?? "")</th>\(cells)</tr>\n"
  }

  /// A number over its interval, so that a table takes half the width.
  private func cell(_ text: String) -> HTML {
    guard text.hasSuffix("]"), let start = text.firstRange(of: " [")?.lowerBound else { return "\(text)" }
    return "\(String(text[..<start])) <span class=\"range\">\(String(text[start...].dropFirst()))</span>"
  }
}
