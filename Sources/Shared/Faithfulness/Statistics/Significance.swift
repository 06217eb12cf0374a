/// When a test is said to have found something.
public enum Significance {
  /// p-values below this are significant.
  public static let level = 0.05
}
