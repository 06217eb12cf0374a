import CCompilation

/// Whether the code is as fast as this processor allows.
public enum BuildSpeed {
  /// What makes this build slow, as a warning; nil where nothing does.
  public static var warning: String? {
    #if DEBUG
      "warning: a debug build, which is a hundred times slower than it could be; make build makes a fast one"
    #else
      COMPILED_WITHOUT_AVX2 == 1 && processor_has_avx2() == 1
        ? "warning: built without this processor's vector instructions, and many times slower than it could be; make build"
          + " uses them (swift build -c release -Xcc -march=native)" : nil
    #endif
  }
}
