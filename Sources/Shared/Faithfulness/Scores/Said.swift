/// What one explainer says of the pairs of one task: whether it says more than one thing.
public struct Said: Equatable, Sendable {
  /// The NAME in the records.
  public var explainer: String
  /// Explainers have a line for each task of the stream.
  public var task: String
  /// Pairs (x, C).
  public var pairs: Int
  /// Share of pairs whose explanation parses.
  public var valid: Double
  /// The explanation that is given most often, as `unchanged from A` or `changed to A`; nil where none
  /// parses. Ties go to the first in byte order.
  public var mostCommon: String?
  /// Its share of the pairs.
  public var mostCommonShare: Double
  /// Share of pairs whose explanation says "changed".
  public var saidChanged: Double
  /// Share of pairs whose answer changes.
  public var changed: Double
  /// Of "changed", against E(Mt).
  public var macroF1: Double
  /// The macro F1 of the better of the two that always say the same.
  public var constantMacroF1: Double

  /// One explanation in so many pairs is a collapse.
  public static let collapseShare = 0.95
  /// "Changed" in less than this share of the pairs where it happens is hardly ever; "unchanged" likewise.
  public static let hardlyShare = 1 - collapseShare
  /// What is so in this share of the pairs happens.
  public static let happensShare = 0.01

  /// How it has collapsed, each a short phrase; empty where it has not. Where fewer than half of the
  /// explanations parse, that is what is wrong with them.
  public var collapse: [String] {
    guard mostParse else { return [] }
    var phrases: [String] = []
    if let mostCommon, mostCommonShare >= Self.collapseShare {
      phrases.append(
        "\(percent(mostCommonShare)) of its explanations are \"\(mostCommon)\" (\(percent(Self.collapseShare)) or more)"
      )
    }
    if changed >= Self.happensShare, saidChanged < Self.hardlyShare * changed {
      let often = saidChanged == 0 ? "never says \"changed\"" : "says \"changed\" in \(percent(saidChanged))"
      phrases.append("it \(often), while \(percent(changed)) of its answers change")
    }
    let saidUnchanged = valid - saidChanged
    if 1 - changed >= Self.happensShare, saidUnchanged < Self.hardlyShare * (1 - changed) {
      let often =
        saidUnchanged == 0 ? "always says \"changed\"" : "says \"unchanged\" in \(percent(saidUnchanged))"
      phrases.append("it \(often), while \(percent(1 - changed)) of its answers stay")
    }
    return phrases
  }

  /// Whether it says "changed" now and then, but no better than one that always says the same.
  public var isUninformative: Bool {
    mostParse && collapse.isEmpty && min(changed, 1 - changed) >= Self.happensShare
      && macroF1 <= constantMacroF1
  }

  private var mostParse: Bool { valid >= 0.5 }
}

extension Said {
  /// nil for an empty tally.
  init?(_ tally: SaidTally, explainer: String, task: String, answers: SymbolTable) {
    let counts = tally.changed
    guard let said = ratio(counts.said, counts.pairs), let changed = ratio(counts.labelled, counts.pairs),
      let macroF1 = counts.macroF1, let constant = counts.constantMacroF1,
      let valid = ratio(tally.statements.values.reduce(0, +), counts.pairs)
    else { return nil }
    let named = tally.statements.map { statement, count in
      let answer = answers.strings[Int(statement.answer)]
      return (text: (statement.changed ? "changed to " : "unchanged from ") + answer, count: count)
    }
    let mostCommon = named.max { left, right in
      left.count != right.count ? left.count < right.count : bytesPrecede(right.text, left.text)
    }
    self.init(
      explainer: explainer, task: task, pairs: counts.pairs, valid: valid, mostCommon: mostCommon?.text,
      mostCommonShare: Double(mostCommon?.count ?? 0) / Double(counts.pairs), saidChanged: said,
      changed: changed, macroF1: macroF1, constantMacroF1: constant)
  }

  /// A line an explainer and task, in the order of the plan, tasks in byte order.
  static func all(of table: PairTable) -> [Said] {
    table.plan.explainers.enumerated().flatMap { explainer, name in
      let comparison = Comparison(table: table, explainer: explainer, orig: 0)
      var tallies: [SymbolTable.Symbol: SaidTally] = [:]
      for index in 0..<UInt32(table.pairCount) {
        let pair = comparison.pair(index)
        tallies[pair.task, default: SaidTally()].add(pair)
      }
      return table.tasks.sorted.compactMap { task in
        tallies[task].flatMap {
          Said($0, explainer: name, task: table.tasks.strings[Int(task)], answers: table.answers)
        }
      }
    }
  }
}
