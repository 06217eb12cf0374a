import Streams

/// The four splits, decided by a hash of the item: *tune* for making M0, *train* for explanations and regularisation,
/// *validation* for choosing recipes, *test* for the figures.
public enum Split: String, CaseIterable, Sendable {
  case tune, train, validation, test

  /// The split that `--split` names. Throws `ToolError` (64) naming the known ones.
  public init(named name: String) throws(ToolError) {
    guard let split = Split(rawValue: name) else {
      let known = Split.allCases.map(\.rawValue).joined(separator: ", ")
      throw ToolError(.usage, "--split is \"\(name)\", expected one of \(known)")
    }
    self = split
  }

  /// The share of the items, in percent.
  public var share: UInt64 {
    switch self {
    case .tune: 15
    case .train: 50
    case .validation: 10
    case .test: 25
    }
  }

  /// The split of an item. Let u = h mod 100 for the 64-bit hash h: tune where u < 15, train where u < 65, validation
  /// where u < 75, else test.
  public static func of(itemHash: ItemHash) -> Split {
    let percent = itemHash.value % 100
    var bound: UInt64 = 0
    for split in allCases {
      bound += split.share
      if percent < bound { return split }
    }
    return .test
  }
}
