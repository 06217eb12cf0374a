import ArgumentParser

/// Numbers that no run needs more of, so that what is computed with them stays far from the limits of `Int`.
public enum OptionBounds {
  /// For counts that memory is taken for or that are multiplied, such as examples a step.
  public static let count = 1 << 30
  /// For threads.
  public static let threads = 1024

  /// Checks the number of an option that was given. Throws `ValidationError` (64), which names the flag and the bound
  /// that is broken.
  public static func check(
    _ flag: String, _ value: Int?, in range: ClosedRange<Int>
  ) throws(ValidationError) {
    guard let value, !range.contains(value) else { return }
    guard value < range.lowerBound else {
      throw ValidationError("\(flag) must be at most \(range.upperBound)")
    }
    switch range.lowerBound {
    case 0: throw ValidationError("\(flag) must not be negative")
    case 1: throw ValidationError("\(flag) must be positive")
    default: throw ValidationError("\(flag) must be at least \(range.lowerBound)")
    }
  }
}
