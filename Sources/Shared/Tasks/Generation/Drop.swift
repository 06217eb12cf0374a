/// Why a row, or one of the inputs made of it, becomes no case. The raw value is its name in manifests.
public enum Drop: String, Error, Sendable {
  /// Nothing in it can be removed.
  case noFeature = "no feature"
  /// The row is of another kind than the task needs.
  case wrongKind = "not a row for this task"
  /// Options go from A to Z, and there are at least two.
  case optionCount = "not 2 to 26 options"
  /// Options that are answers themselves, and empty or twice the same.
  case optionsAlike = "options empty or alike"
  /// An option that is an answer itself, and holds what ends an answer in explanations.
  case markedOption = "an option holds <<< or >>>"
  /// An option that is an answer itself, and longer than the task allows.
  case longOption = "an option longer than max_bytes"
  /// The two texts of a pair differ by something else than one inserted span.
  case notOneInsertion = "not exactly one insertion"
}
