import Streams

/// What pooling reads of a report.json: arms, claims and behaviours of the explainers of one M0.
public struct PooledReport: Sendable {
  /// How the M0 is called in the tables.
  public let label: String
  /// The split that was scored.
  public let split: String
  /// In the order of the report, at least one.
  public let arms: [PooledArm]
  /// In the order of the report; empty where nothing was claimed.
  public let claims: [PooledClaim]
  /// One a checkpoint and task.
  public let behaviours: [PooledBehaviour]

  /// - Parameter json: what `xp-score --format json` wrote.
  /// - Throws: `ToolError` (65) where it is something else, or has no arms.
  public init(label: String, json: JSON) throws(ToolError) {
    self.label = label
    let report = try ReportReader(json)
    let schema = try report.string("schema")
    guard schema == ScoreReport.schema else {
      throw .badData("schema is \"\(schema)\", expected \"\(ScoreReport.schema)\"")
    }
    split = try report.string("split")
    let rows = try report.objects("rows")
    var arms: [PooledArm] = []
    for arm in try report.objects("arms") { arms.append(try PooledArm(arm, rows: rows)) }
    guard !arms.isEmpty else { throw .badData("has no arms, which are what is averaged; see xp-score --arm") }
    self.arms = arms
    var claims: [PooledClaim] = []
    // The key is there only where claims were made.
    let findings = try report.optional("findings") == nil ? [] : report.objects("findings")
    for finding in findings {
      let label = try finding.string("label")
      for claim in try finding.objects("claims") {
        claims.append(
          PooledClaim(
            key: .init(finding: label, text: try claim.string("claim")),
            difference: try claim.number("difference.value")))
      }
    }
    self.claims = claims
    var behaviours: [PooledBehaviour] = []
    for line in try report.objects("health") { behaviours.append(try PooledBehaviour(line)) }
    self.behaviours = behaviours
  }

  /// The behaviours of a checkpoint, one a task.
  func behaviours(of name: String) -> [PooledBehaviour] { behaviours.filter { $0.name == name } }

  /// The origs of its arms, each once.
  var origs: [String] { arms.map(\.key.orig).distinct }

  /// Those checkpoints of its arms, and origs, that have one answer: what the arms say of them tells nothing.
  public var collapsed: [String] {
    (origs + arms.flatMap(\.names)).distinct.filter { name in
      behaviours(of: name).contains(where: \.isCollapsed)
    }
  }
}

extension PooledArm {
  fileprivate init(_ arm: ReportReader, rows: [ReportReader]) throws(ToolError) {
    let (label, orig, names) = (try arm.string("label"), try arm.string("orig"), try arm.strings("names"))
    var own: [ReportReader] = []
    for row in rows where try row.string("orig") == orig {
      if names.contains(try row.string("self")) { own.append(row) }
    }
    var values: [PoolMeasure: Estimate] = [:]
    var explainers: [PoolMeasure: [Double]] = [:]
    // Reports from before there was a verdict on truth have no margin.
    for measure in PoolMeasure.allCases where measure != .margin || arm.optional(measure.armKey) != nil {
      values[measure] = try arm.estimate(measure.armKey)
      for row in own {
        var terms: [Double] = []
        for key in measure.rowKeys { if let term = try row.number(key + ".value") { terms.append(term) } }
        guard terms.count == measure.rowKeys.count else { continue }
        explainers[measure, default: []].append(terms.dropFirst().reduce(terms[0], -))
      }
    }
    self.init(
      key: Key(label: label, orig: orig), names: names, values: values, explainers: explainers,
      diverged: try arm.number("diverged.pairs"), divergedSelf: try arm.number("diverged.self.value"),
      divergedOrig: try arm.number("diverged.orig.value"))
  }
}

extension PooledBehaviour {
  fileprivate init(_ line: ReportReader) throws(ToolError) {
    self.init(
      name: try line.string("name"), task: try line.string("task"),
      entropy: try line.number("counterfactual.entropy_bits"),
      mostCommon: try line.string("counterfactual.most_common"),
      mostCommonShare: try line.number("counterfactual.most_common_share"),
      changed: try line.number("changed"), isCollapsed: try line.bool("collapsed"))
  }
}

extension Array where Element: Hashable {
  /// Its elements in order, each the first time.
  var distinct: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
