import Faithfulness
import Streams

// The browser of examples: a form of filters, a list, and one pair in full. examples.js and browser.js fill
// it.
extension ReportPage {
  var exampleBrowser: HTML {
    guard examples.count > 0 else { return "<p>No examples were asked for (<code>--examples 0</code>).</p>" }
    let all = examples.count == examples.seen
    let shown: HTML =
      all
      ? "All \(grouped(examples.seen)) scored pairs (x, C) can be looked at."
      : """
      \(grouped(examples.count)) of \(grouped(examples.seen)) scored pairs (x, C) can be looked at: a random sample \
      (seed \(String(report.plan.seed))). Shares in a filtered list are of the sample.
      """
    return """
      <p>\(shown) x is the prompt, the marked part its feature C, x∖C the prompt without it. Keys: \
      <kbd>j</kbd> and <kbd>k</kbd> or the arrows move in the list, <kbd>/</kbd> goes to the search.</p>
      <noscript><p class="warning">The browser of examples needs script; all else on this page does without.</p></noscript>
      <div id="browser" hidden>
      <form id="filters" role="search" aria-label="Filter examples">
      \(Self.filters.map { "<label>\($0.label) <select name=\"\($0.name)\"></select></label>\n" })\
      <label class="wide">contains <input type="search" name="text" autocomplete="off" spellcheck="false"></label>
      <button type="reset">Clear</button>
      </form>
      <p id="count" role="status" aria-live="polite"></p>
      <div class="panes">
      <div id="list" role="listbox" tabindex="0" aria-label="Examples"><div id="rows" role="presentation"></div></div>
      <article id="detail" tabindex="0" aria-label="The selected example"></article>
      </div>
      </div>
      """
  }

  /// The choices that narrow the list and order it; examples.js knows what each means.
  private static let filters: [(name: String, label: String)] = [
    ("explainer", "explainer"), ("orig", "orig"), ("task", "task"), ("kind", "feature kind"),
    ("self", "true of self"), ("origRight", "true of orig"), ("diverged", "s ≠ o"), ("said", "said changed"),
    ("changed", "did change"), ("order", "order"),
  ]

  /// What the script reads: the NAMEs, and the pairs of the sample.
  func exampleData() throws(ToolError) -> [UInt8] {
    let plan = report.plan
    let header: JSON = [
      "names": .array(plan.checkpoints.map { .string($0) }),
      "explainers": .integer(plan.explainers.count), "selves": .integer(plan.selves.count),
      "origs": .array(
        plan.origs.map { name in .integer(plan.checkpoints.firstIndex(of: name) ?? 0) }),
    ]
    var bytes = try header.embeddable()
    bytes.removeLast()
    bytes += Array(",\"pairs\":[\n".utf8)
    for (index, pair) in examples.pairs().enumerated() {
      if index > 0 { bytes += Array(",\n".utf8) }
      bytes += pair
    }
    bytes += Array("]}".utf8)
    return bytes
  }
}
