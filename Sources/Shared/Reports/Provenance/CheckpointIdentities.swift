import Cases
import Faithfulness
import Streams

/// Which models stand behind the NAMEs of a plan, as the cases say.
public struct CheckpointIdentities: Sendable {
  /// More models of one NAME than this are counted, not listed.
  static let limit = 8

  private let names: [String]
  /// By place of the NAME, in order of appearance, each once.
  private var found: [[JSONObject]]
  private var hasMore: [Bool]

  /// No model seen yet.
  public init(plan: ScoringPlan) {
    names = plan.checkpoints
    found = names.map { _ in [] }
    hasMore = names.map { _ in false }
  }

  /// Takes the models of a case that was scored.
  public mutating func add(_ record: Case) {
    for (index, name) in names.enumerated() {
      guard let model = record.json["behaviors"]?[name]?["model"]?.object, !found[index].contains(model)
      else { continue }
      if found[index].count < Self.limit { found[index].append(model) } else { hasMore[index] = true }
    }
  }

  /// What the cases call the models.
  var modelNames: [String] { found.joined().compactMap { $0["name"]?.string } }

  /// A line a NAME and model; more than one model of a NAME is worth a look.
  var table: ReportTable {
    var table = ReportTable(["NAME", "model", "adapter", "chat template", "fingerprint"])
    for (index, name) in names.enumerated() {
      // By fingerprint, so that the order of the stream does not show.
      for model in found[index].map(cells).sorted(by: { $0.last ?? "" < $1.last ?? "" }) {
        table.add([name] + model)
      }
      if found[index].isEmpty { table.add([name, "not recorded", "–", "–", "–"]) }
      if hasMore[index] { table.add([name, "and more", "–", "–", "–"]) }
    }
    return table
  }

  private func cells(_ model: JSONObject) -> [String] {
    ["name", "adapter", "chat_template", "fingerprint"].map { model[$0]?.string ?? "–" }
  }
}
