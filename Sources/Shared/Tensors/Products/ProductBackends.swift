import KernelChoice
import KernelInterface

/// A way to make products with weights. Each is a folder beside this file.
protocol ProductBackend: SendableMetatype {
  /// One side of a weight that does not change any more, copied and laid out; nil where this backend has no fast products of that
  /// precision on this processor.
  static func frozen(_ weight: Matrix, _ side: WeightSide, _ precision: ProductPrecision) -> (any Factor)?

  /// Both sides of a weight that is trained; nil likewise. Each has to be refreshed before it is used.
  static func trained(_ weight: Matrix, _ precision: ProductPrecision) -> Sides?

  /// Keeps every product on the thread that makes it; each thread of a team calls this.
  static func setSingleThreaded()

  /// The library with its version; nil where the products are our own.
  static var library: String? { get }
}

/// The factors of a layer's two products.
struct Sides {
  let forward: any Factor
  let backward: any Factor
}

extension ProductBackend {
  static func frozen(_ weight: Matrix, _ side: WeightSide, _ precision: ProductPrecision) -> (any Factor)? {
    nil
  }
  static func trained(_ weight: Matrix, _ precision: ProductPrecision) -> Sides? { nil }
  static func setSingleThreaded() {}
  static var library: String? { nil }
}

/// What products are made with.
public enum ProductLibraries {
  /// Such as `kernels x86-64-v3, oneDNN 2.6.3, OpenBLAS 0.3.21`: the best kernels that this processor can run, and the libraries that are
  /// installed.
  public static var description: String {
    let variant = KernelVariants.usable.first.map { "kernels \($0.name)" } ?? "no kernels for this processor"
    return ([variant] + ProductBackends.libraries).joined(separator: ", ")
  }
}

/// The one place that chooses among backends.
enum ProductBackends {
  /// Those that are built in, the fastest first.
  #if ONEDNN
    private static let all: [any ProductBackend.Type] = [OneDNN.self, Panels.self, OpenBLAS.self]
  #else
    private static let all: [any ProductBackend.Type] = [Panels.self, OpenBLAS.self]
  #endif

  /// The libraries that are built in.
  static var libraries: [String] { all.compactMap { $0.library } }

  /// A weight by the first backend that has products with it.
  static func frozen(_ weight: Matrix, precision: ProductPrecision, hasBackward: Bool) -> LinearWeight? {
    for backend in all {
      guard let forward = backend.frozen(weight, .forward, precision) else { continue }
      guard hasBackward else { return LinearWeight(of: weight, forward: forward, backward: nil) }
      guard let backward = backend.frozen(weight, .backward, precision) else { continue }
      return LinearWeight(of: weight, forward: forward, backward: backward)
    }
    return nil
  }

  /// Likewise of a weight that is trained.
  static func trained(_ weight: Matrix, precision: ProductPrecision) -> LinearWeight? {
    for backend in all {
      guard let sides = backend.trained(weight, precision) else { continue }
      return LinearWeight(of: weight, forward: sides.forward, backward: sides.backward)
    }
    return nil
  }

  /// Keeps every product on the thread that makes it; each thread of a team calls this.
  static func setSingleThreaded() {
    for backend in all { backend.setSingleThreaded() }
  }
}
