import Streams

/// The NAMEs of several runs beside each other. A NAME that runs have of different models is told apart by
/// the run's label, as `LABEL/NAME`; one that a single run has, or that is the same model in all that have
/// it, keeps its name.
public struct RunNames: Sendable {
  /// A run: one or more streams under a label.
  public struct Run: Sendable {
    /// What stands before the NAMEs of the run where that is needed.
    public let label: String
    /// The model behind each NAME: its fingerprint, or all that a case records of it; null where that is
    /// nothing.
    public private(set) var models: [String: JSON] = [:]

    /// A run of which no case was seen. Throws `ToolError` (64) for an empty label or one that holds `/`.
    public init(label: String) throws(ToolError) {
      guard !label.isEmpty, !label.contains("/") else {
        throw ToolError(.usage, "--run \(label): a label must not be empty, nor hold /")
      }
      self.label = label
    }

    /// Takes the NAMEs of a case.
    public mutating func add(_ record: JSONObject) {
      for member in record["behaviors"]?.object?.members ?? [] where models[member.key] == nil {
        let model = member.value["model"]
        models[member.key] = model?["fingerprint"] ?? model ?? .null
      }
    }
  }

  private let runs: [Run]

  /// - Parameter runs: each under a label of its own.
  public init(_ runs: [Run]) {
    self.runs = runs
  }

  /// The NAMEs that one of the command line stands for: itself, or `LABEL/NAME` for each run that has
  /// another model of that NAME, in the order of the runs.
  public func resolved(_ name: String) -> [String] {
    if hasLabel(name) { return [name] }
    let holders = runs.filter { $0.models[name] != nil }
    let models = holders.compactMap { $0.models[name] }
    let isOne = models.allSatisfy { $0 == models[0] && !$0.isNull }
    return holders.count < 2 || isOne ? [name] : holders.map { "\($0.label)/\(name)" }
  }

  /// How the records of a run are renamed.
  /// - Parameter names: all that are scored, as `resolved` gave them.
  public func renaming(of label: String, to names: [String]) -> Renaming {
    guard let run = runs.first(where: { $0.label == label }) else { return Renaming(names: []) }
    return Renaming(
      names: names.compactMap { name in
        if let own = ownName(of: name, in: run) { return (name, own) }
        return resolved(name) == [name] && !hasLabel(name) ? (name, name) : nil
      })
  }

  /// Whether every run has a case, whose NAMEs are known.
  public var haveCases: Bool { runs.allSatisfy { !$0.models.isEmpty } }

  /// Throws `ToolError` (65) for a NAME that no run has, where it could be of no other stream.
  public func check(_ names: [String]) throws(ToolError) {
    for name in names where !hasLabel(name) && !runs.contains(where: { $0.models[name] != nil }) {
      let present = runs.map { "\($0.label) has \($0.models.keys.sorted().joined(separator: ", "))" }
      throw .badData("no run has \"\(name)\": \(present.joined(separator: "; "))")
    }
  }

  private func hasLabel(_ name: String) -> Bool { runs.contains { ownName(of: name, in: $0) != nil } }

  /// `NAME` of `LABEL/NAME`, where that is the run's label and the run has that NAME.
  private func ownName(of name: String, in run: Run) -> String? {
    guard name.hasPrefix(run.label + "/") else { return nil }
    let own = String(name.dropFirst(run.label.count + 1))
    return run.models[own] == nil ? nil : own
  }
}

extension RunNames {
  /// What the entries of a run's records are called beside those of other runs.
  public struct Renaming: Sendable {
    fileprivate let names: [(new: String, own: String)]

    /// A record with these NAMEs; its other entries are left out.
    public func apply(to record: JSONObject) -> JSONObject {
      var record = record
      for key in ["behaviors", "explanations"] {
        guard let entries = record[key]?.object else { continue }
        var renamed = JSONObject()
        for name in names {
          if let entry = entries[name.own] { renamed[name.new] = entry }
        }
        record[key] = .object(renamed)
      }
      return record
    }
  }
}
