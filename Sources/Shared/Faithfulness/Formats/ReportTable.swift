/// A table of text: what Markdown and the page show of the scores. Its first column names the rows.
package struct ReportTable: Equatable, Sendable {
  package let header: [String]
  package private(set) var rows: [[String]] = []

  package init(_ header: [String]) {
    self.header = header
  }

  /// Adds a row of as many cells as the header has.
  package mutating func add(_ cells: [String]) {
    rows.append(cells)
  }

  /// Rows as columns: the first column becomes the header, with another name in its corner.
  package func transposed(corner: String) -> ReportTable {
    let lines = [[corner] + header.dropFirst()] + rows
    var columns = header.indices.map { column in lines.map { $0[column] } }
    var table = ReportTable(columns.removeFirst())
    table.rows = columns
    return table
  }

  /// Markdown whose columns line up in a terminal; the first column is flush left, the others flush right.
  var markdown: String {
    let lines = ([header] + rows).map { $0.map(escaped) }
    // The rule under the header needs three characters.
    let widths = header.indices.map { column in
      lines.reduce(3) { max($0, $1[column].unicodeScalars.count) }
    }
    func line(_ cells: [String]) -> String {
      let padded = zip(cells, widths).enumerated().map { column, cell in
        let space = String(repeating: " ", count: cell.1 - cell.0.unicodeScalars.count)
        return column == 0 ? cell.0 + space : space + cell.0
      }
      return "| " + padded.joined(separator: " | ") + " |\n"
    }
    let rule = widths.enumerated().map { column, width in
      column == 0 ? String(repeating: "-", count: width) : String(repeating: "-", count: width - 1) + ":"
    }
    return line(lines[0]) + line(rule) + lines.dropFirst().map(line).joined()
  }

  /// A cell that cannot break its table, or a terminal's screen.
  private func escaped(_ cell: String) -> String {
    var text = ""
    for scalar in cell.unicodeScalars {
      switch scalar {
      case "|": text += "\\|"
      case "\n", "\r": text += " "
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text.printable
  }
}
