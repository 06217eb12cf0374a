/// Agreement on x∖C by one thing: by answer, by feature kind.
public struct AgreementBreakdown: Sendable {
  /// The pairs of one value.
  public struct Group: Sendable {
    /// nil for pairs whose record lacks the key of `--by`.
    public let value: String?
    /// Agreement on x∖C.
    public let share: AgreementShare
  }

  /// The name of the list in the JSON form, such as `by_answer`.
  public let key: String
  /// What the values are, for people.
  public let title: String
  /// Answers by how often they are given, others in byte order.
  public let groups: [Group]

  private init(
    _ key: String, _ title: String, _ groups: [(value: String?, pairs: [UInt32])],
    share: ([UInt32]) -> AgreementShare
  ) {
    self.key = key
    self.title = title
    self.groups = groups.map { Group(value: $0.value, share: share($0.pairs)) }
  }

  /// By the first checkpoint's answer on x∖C and by whether that is another than on x, by feature kind, by
  /// task, and by the plan's group key.
  /// - Parameter share: agreement of the two checkpoints in some pairs.
  static func all(
    of table: PairTable, _ pairs: [UInt32], share: ([UInt32]) -> AgreementShare
  ) -> [AgreementBreakdown] {
    let giver = table.behaviors[0]
    func groups(
      by symbol: (UInt32) -> PairTable.Symbol, _ names: SymbolTable
    ) -> [(value: String?, pairs: [UInt32])] {
      table.groups(of: pairs, by: symbol, named: names).map { (value: Optional($0.value), pairs: $0.pairs) }
    }
    let answers = groups(by: { giver.labelAnswer[Int($0)] }, table.answers)
    let byCount = answers.enumerated().sorted { left, right in
      let (first, second) = (left.element.pairs.count, right.element.pairs.count)
      return first != second ? first > second : left.offset < right.offset
    }.map(\.element)
    let changes = ["changed", "unchanged"].map { value in
      (
        value: Optional(value),
        pairs: pairs.filter { giver.labelChanged[Int($0)] == (value == "changed") }
      )
    }.filter { !$0.pairs.isEmpty }
    let name = table.plan.origs[0]
    var breakdowns = [
      Self("by_answer", "answer of \(name) on x∖C", byCount, share: share),
      Self("by_change", "label of \(name)", changes, share: share),
      Self("by_kind", "feature kind", groups(by: { table.kindOfPair[Int($0)] }, table.kinds), share: share),
      Self(
        "by_task", "task", groups(by: { table.taskOfCase[Int(table.caseOfPair[Int($0)])] }, table.tasks),
        share: share),
    ]
    if let key = table.plan.groupKey {
      breakdowns.append(Self("by_key", key.text, table.groups(of: pairs), share: share))
    }
    return breakdowns
  }
}
