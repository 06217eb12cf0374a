import Faithfulness
import Streams

// What is said against what is done: for each explainer and task the answers, where they are few, and
// "changed".
extension ReportPage {
  /// The last explainer is open, for it is the one that has learned most.
  var saidAgainstDone: HTML {
    let last = report.plan.selves.last
    let explainers: [HTML] = report.plan.explainers.map { explainer in
      let tables = report.saidAgainstDone.filter { $0.explainer == explainer }
      let open: HTML = explainer == last ? " open" : ""
      return """
        <details\(open)><summary>\(explainer)</summary><div class="matrices">\(tables.map(matrices))</div></details>

        """
    }
    return """
      <p>Lines are what the explanation says, columns what the explainer does without C: pairs, and their share of the \
      table. What is said is true on the diagonal.</p>
      \(explainers)
      """
  }

  private func matrices(_ table: SaidAgainstDone) -> HTML {
    let changes = Matrix(
      caption: "\(table.explainer), \(table.task): does the answer change?", corner: "says",
      lines: ["unchanged", "changed"], columns: ["stays", "changes"], counts: table.changeCounts)
    guard !table.answers.isEmpty else { return changes.html }
    let answers = Matrix(
      caption: "\(table.explainer), \(table.task): the answer without C", corner: "says",
      lines: table.answers,
      columns: table.answers, counts: table.answerCounts)
    return answers.html + changes.html
  }
}

/// Counts by what is said and by what is done.
package struct Matrix {
  var caption: String
  var corner: String
  /// As many as columns; a last line is of what does not parse.
  var lines: [String]
  var columns: [String]
  /// By line, then by column.
  var counts: [[Int]]

  package init(caption: String, corner: String, lines: [String], columns: [String], counts: [[Int]]) {
    self.caption = caption
    self.corner = corner
    self.lines = lines
    self.columns = columns
    self.counts = counts
  }

  private var total: Int { counts.joined().reduce(0, +) }

  package var html: HTML {
    let names = lines + ["does not parse"]
    let head: [HTML] = (columns + ["all"]).map { "<th scope=\"col\">\($0)</th>" }
    let sums = columns.indices.map { column in counts.reduce(0) { $0 + $1[column] } }
    let body: [HTML] = zip(names, counts).enumerated().filter {
      $0.offset < lines.count || $0.element.1.contains { $0 > 0 }
    }
    .map { place, line in
      let cells: [HTML] = line.1.enumerated().map { cell($0.element, isTrue: $0.offset == place) }
      return "<tr><th scope=\"row\">\(line.0)</th>\(cells)\(sum(line.1.reduce(0, +)))</tr>\n"
    }
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="\(caption)"><table class="matrix">\
      <caption><span>\(caption)</span></caption>
      <thead><tr><th scope="col">\(corner)</th>\(head)</tr></thead>
      <tbody>
      \(body)</tbody>
      <tfoot><tr><th scope="row">all</th>\(sums.map(sum))\(sum(total))</tr></tfoot></table></div>

      """
  }

  /// Shaded by its share of the table, to the nearest tenth.
  private func cell(_ count: Int, isTrue: Bool) -> HTML {
    let shade = total == 0 ? 0 : (20 * count + total) / (2 * total)
    return "<td class=\"d\(shade)\(isTrue ? " true" : "")\">\(number(count))</td>"
  }

  private func sum(_ count: Int) -> HTML { "<td>\(number(count))</td>" }

  private func number(_ count: Int) -> HTML {
    let share = total == 0 ? "–" : percent(Double(count) / Double(total))
    return "\(grouped(count)) <span class=\"range\">\(share)</span>"
  }
}
