import Faithfulness
import Streams

/// What a reader wants to know first of how the inputs were made, from the manifests beside them; what no
/// manifest says is left out.
struct RunFacts {
  /// In the order in which they are shown, each with a value.
  private(set) var facts: [(name: String, value: String)] = []

  /// - Parameters:
  ///   - models: those that the cases name, for streams without manifests.
  ///   - tasks: those of the scored cases.
  ///   - resamplingSeed: of the report itself.
  init(_ steps: [Provenance.Step], models: [String], tasks: [String], resamplingSeed: UInt64) {
    let manifests = steps.map(\.manifest)
    let runs = manifests.filter { ["xp-train", "cf-label"].contains($0["tool"]?.string) }
    func all(_ value: (JSONObject) -> String?) -> String { Self.listed(runs.compactMap(value)) }
    let named = all { $0["model"]?["name"]?.string }
    add("Model", named.isEmpty ? Self.listed(models) : named)
    add("Task", Self.listed(tasks))
    add("Seeds", Self.listed(manifests.flatMap(Self.seeds) + ["resampling \(resamplingSeed)"]))
    let dates = manifests.compactMap { $0["time"]?["start"]?.string.map { String($0.prefix(10)) } }.sorted()
    if let first = dates.first, let last = dates.last {
      add("Date", first == last ? first : "\(first) to \(last)")
    }
    add("Precision", all { $0["options"]?["precision"]?.string })
    add("Processor", all { $0["processor"]?.string })
  }

  private mutating func add(_ name: String, _ value: String) {
    if !value.isEmpty { facts.append((name, value)) }
  }

  /// Each once, in byte order: the order of the manifests is that of the command line.
  private static func listed(_ values: [String]) -> String {
    Set(values).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.joined(separator: ", ")
  }

  /// What a step's seeds decided, by the step.
  private static func seeds(_ manifest: JSONObject) -> [String] {
    let step =
      switch manifest["tool"]?.string {
      case "cf-gen": "cases"
      case "xp-train": "training"
      case let other: other ?? ""
      }
    return (manifest["seeds"]?.object?.members ?? []).compactMap { seed in
      if case .integer(let number) = seed.value { "\(step) \(number)" } else { nil }
    }
  }

  var html: HTML {
    "<dl class=\"run-facts\">\(facts.map { fact -> HTML in "<div><dt>\(fact.name)</dt><dd>\(fact.value)</dd></div>\n" })</dl>\n"
  }
}
