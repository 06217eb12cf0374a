/// Whether the code is as fast as it could be.
public enum BuildSpeed {
  /// What makes this build slow, as a warning; nil where nothing does.
  public static var warning: String? {
    #if DEBUG
      "warning: a debug build, which is a hundred times slower than it could be; make build makes a fast one"
    #else
      nil
    #endif
  }
}
