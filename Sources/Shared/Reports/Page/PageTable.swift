import Faithfulness

extension ReportTable {
  /// The table in HTML, its columns sortable by tables.js; a table of texts keeps its order.
  func html(_ caption: String, isText: Bool = false) -> HTML {
    let head: [HTML] = header.map { "<th scope=\"col\">\($0)</th>" }
    let body: [HTML] = rows.map { row in
      let cells: [HTML] = row.dropFirst().map { "<td>\($0)</td>" }
      return "<tr><th scope=\"row\">\(row.first ?? "")</th>\(cells)</tr>\n"
    }
    let kind: HTML = isText ? " class=\"text\"" : " class=\"sortable\""
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="\(caption)"><table\(kind)><caption>\(caption)</caption>
      <thead><tr>\(head)</tr></thead>
      <tbody>
      \(body)</tbody></table></div>

      """
  }
}
