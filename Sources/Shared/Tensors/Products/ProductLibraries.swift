import KernelChoice
import KernelInterface

/// What products are made with.
public enum ProductLibraries {
  /// Those that are built in.
  #if ONEDNN
    private static let all: [any ProductLibrary.Type] = [OneDNN.self, OpenBLAS.self]
  #else
    private static let all: [any ProductLibrary.Type] = [OpenBLAS.self]
  #endif

  /// Such as `kernels x86-64-v3, oneDNN 2.6.3, OpenBLAS 0.3.21`: the best kernels that this processor can run, and
  /// the libraries that are installed.
  public static var description: String {
    let variant = KernelVariants.usable.first.map { "kernels \($0.name)" } ?? "no kernels for this processor"
    return variant + ", " + installed
  }

  /// Such as `oneDNN 2.6.3, OpenBLAS 0.3.21`.
  public static var installed: String { all.compactMap { $0.library }.joined(separator: ", ") }

  /// Keeps every product on the thread that makes it; each thread of a team calls this.
  static func setSingleThreaded() {
    for library in all { library.setSingleThreaded() }
  }
}
