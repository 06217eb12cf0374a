import Streams

// The matrix as the formats of a report show it.
extension CrossMatrix {
  /// What its tables show, in a sentence or two.
  package static let explanation =
    "Answer accuracy of the explanations of each row against the behaviour of each column. Coupling is the diagonal "
    + "less the mean of the other selves in its column: drift that all share is in both. A NAME's own coupling also "
    + "has in it how good its explanations are on anybody; overall, that cancels. Intervals resample source items, not "
    + "checkpoints; p is one-sided, Holm-adjusted over the NAMEs."

  /// A line an explainer, a column a behaviour.
  package var accuracyTable: ReportTable {
    var table = ReportTable(["explanations of"] + behaviors.map { "on \($0)" })
    for (name, row) in zip(explainers, answerAccuracy) { table.add([name] + row.map { score($0) }) }
    return table
  }

  /// A line a self, and one for all.
  package var couplingTable: ReportTable {
    var table = ReportTable(["NAME", "own behaviour", "others' explanations", "coupling", "p", "p (Holm)"])
    func add(_ name: String, own: Double, _ coupling: Coupling) {
      table.add([
        name, score(own), score(own - (coupling.difference.value ?? 0)), signed(coupling.difference),
        probabilityCell(coupling.probability), probabilityCell(coupling.adjusted),
      ])
    }
    for (index, name) in names.enumerated() {
      add(name, own: answerAccuracy[index][index], couplings[index])
    }
    let diagonal = names.indices.reduce(0) { $0 + answerAccuracy[$1][$1] }
    add("overall", own: diagonal / Double(names.count), overall)
    return table
  }

  var markdown: String {
    "## The cross matrix\n\n\(Self.explanation)\n\n\(accuracyTable.markdown)\n\(couplingTable.markdown)"
  }

  /// `names` and `self` are the square of the selves; `answer_accuracy` has the baseline and the origs too.
  var json: JSON {
    func rows(_ accuracy: [[Double]]) -> JSON { .array(accuracy.map { .array($0.map { .real($0) }) }) }
    func strings(_ names: [String]) -> JSON { .array(names.map { .string($0) }) }
    return [
      "names": strings(names), "self": rows(selfAccuracy),
      "coupling": [
        "overall": overall.json,
        "names": .array(
          zip(names, couplings).map { name, coupling in
            var object: JSONObject = ["name": .string(name)]
            for member in coupling.json.object?.members ?? [] { object[member.key] = member.value }
            return .object(object)
          }),
      ],
      "explainers": strings(explainers), "behaviors": strings(behaviors),
      "answer_accuracy": rows(answerAccuracy),
    ]
  }

  /// The cells that a row of the CSV has beside its own: its explanations on each behaviour, and its
  /// coupling; null for the baseline's coupling.
  func cells(of explainer: String) -> [(name: String, value: JSON)] {
    guard let row = explainers.firstIndex(of: explainer) else { return [] }
    let coupling = row < couplings.count ? couplings[row] : nil
    return zip(behaviors, answerAccuracy[row]).map { ("matrix.on.\($0)", .real($1)) } + [
      ("matrix.coupling.value", optional(coupling?.difference.value)),
      ("matrix.coupling.low", optional(coupling?.difference.interval?.low)),
      ("matrix.coupling.high", optional(coupling?.difference.interval?.high)),
      ("matrix.coupling.p", optional(coupling?.probability)),
      ("matrix.coupling.holm_p", optional(coupling?.adjusted)),
    ]
  }
}

extension CrossMatrix.Coupling {
  /// `holm_p` is there only where p is one of several.
  var json: JSON {
    var object: JSONObject = [
      "value": optional(difference.value), "low": optional(difference.interval?.low),
      "high": optional(difference.interval?.high), "p": .real(probability),
    ]
    if let adjusted { object["holm_p"] = .real(adjusted) }
    return .object(object)
  }
}
