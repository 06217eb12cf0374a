import Faithfulness
import Streams

// What was run: this program, its inputs, and how they came to be.
extension ReportPage {
  var whatWasRun: HTML {
    let origs = report.plan.origs.joined(separator: ", ")
    return """
      <p>This page was written by xp-score \(run.version) with</p>
      <pre class="command"><code>\(shellCommand(run.arguments))</code></pre>
      <p>orig: \(origs). Resampling seed \(String(report.plan.seed)).</p>
      \(inputTable.html("Inputs of this page", isText: true))
      \(identities.table.html("Models behind the NAMEs, as the cases say", isText: true))
      \(steps)
      """
  }

  private var inputTable: ReportTable {
    var table = ReportTable(["file", "bytes", "SHA-256 of the bytes read"])
    for input in run.inputs { table.add([input.path, grouped(input.byteCount), input.sha256]) }
    return table
  }

  private var steps: HTML {
    guard !provenance.steps.isEmpty else {
      return "<p>No manifests lie beside the inputs: how they were made is not known here.</p>"
    }
    return """
      <h3>How the inputs were made</h3>
      <p>From the manifests beside the files; each step comes after one that used what it made.</p>
      <ol class="steps">\(provenance.steps.map(html))</ol>
      """
  }

  private func html(_ step: Provenance.Step) -> HTML {
    let manifest = step.manifest
    let tool = manifest["tool"]?.string ?? "unknown tool"
    let seconds = manifest["time"]?["seconds"]?.number.map { ", \(fixed($0, 1)) s" } ?? ""
    let warns: HTML = step.match == .other ? " <strong class=\"differs\">\(step.match.rawValue)</strong>" : ""
    let facts: [HTML] = facts(manifest, step.match).map { "<dt>\($0.name)</dt><dd>\($0.value)</dd>" }
    return """
      <li><details><summary><code>\(step.path)</code>: \(tool) \(manifest["version"]?.string ?? "")\(seconds)\(warns)\
      </summary><pre class="command"><code>\(shellCommand(strings(manifest["argv"])))</code></pre><dl>\(facts)</dl>\
      </details></li>

      """
  }

  private func facts(_ manifest: JSONObject, _ match: Provenance.Match) -> [(name: String, value: HTML)] {
    var facts: [(name: String, value: HTML)] = []
    func add(_ name: String, _ value: String?) {
      if let value, !value.isEmpty { facts.append((name, "<code>\(value)</code>")) }
    }
    add("started", manifest["time"]?["start"]?.string)
    add("seeds", members(manifest["seeds"]))
    if let model = manifest["model"]?.object {
      add("model", model["name"]?.string)
      add("fingerprint", model["fingerprint"]?.string)
      add("adapters", strings(model["adapters"]).joined(separator: ", "))
      add("chat template", model["chat_template"]?.string)
    }
    add("records", members(manifest["counts"]))
    add("SHA-256", manifest["output"]?["sha256"]?.string)
    facts.append(("digest", "\(match.rawValue)"))
    return facts
  }

  private func strings(_ value: JSON?) -> [String] { (value?.array ?? []).compactMap(\.string) }

  /// The numbers and strings of an object, such as `in 180, out 180`.
  private func members(_ value: JSON?) -> String {
    (value?.object?.members ?? []).compactMap { member in
      switch member.value {
      case .string(let text): "\(member.key) \(text)"
      case .integer(let number): "\(member.key) \(grouped(number))"
      default: nil
      }
    }.joined(separator: ", ")
  }
}

/// A command line as a shell would take it.
package func shellCommand(_ arguments: [String]) -> String {
  arguments.map { argument in
    let plain = argument.unicodeScalars.allSatisfy {
      $0.isASCII
        && ($0.properties.isAlphabetic || ("0"..."9").contains($0)
          || "-_./=:,@%+".unicodeScalars.contains($0))
    }
    if plain, !argument.isEmpty { return argument }
    return "'" + argument.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }.joined(separator: " ")
}
