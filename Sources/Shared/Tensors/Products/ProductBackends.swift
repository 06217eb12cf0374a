import KernelChoice
import KernelInterface

/// Fills a matrix with these rows of a weight.
typealias WeightReader<Failure: Error> = (_ rows: Range<Int>, _ matrix: Matrix) throws(Failure) -> Void

/// A way to make products with weights. Each is a folder beside this file.
protocol ProductBackend: SendableMetatype {
  /// Whether it has fast products with frozen weights of that kind on this processor.
  static func takesFrozen(_ numerics: Numerics) -> Bool

  /// A weight [out × in] that does not change any more, read and laid out; nil, with nothing read, where it has no such products after
  /// all. `hasBackward`: whether gradients pass through it. Throws what `read` throws.
  static func frozen<Failure: Error>(
    outputs: Int, inputs: Int, _ numerics: Numerics, hasBackward: Bool, read: WeightReader<Failure>
  ) throws(Failure) -> LinearWeight?

  /// What such a weight takes in memory.
  static func frozenSize(
    outputs: Int, inputs: Int, _ numerics: Numerics, hasBackward: Bool
  ) -> FrozenWeightSize

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
  static func takesFrozen(_ numerics: Numerics) -> Bool { false }
  static func frozen<Failure: Error>(
    outputs: Int, inputs: Int, _ numerics: Numerics, hasBackward: Bool, read: WeightReader<Failure>
  ) throws(Failure) -> LinearWeight? { nil }
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
    return variant + ", " + installed
  }

  /// Such as `oneDNN 2.6.3, OpenBLAS 0.3.21`.
  public static var installed: String { ProductBackends.libraries.joined(separator: ", ") }
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

  /// A weight by the first backend that has products with it. Throws what `read` throws.
  static func frozen<Failure: Error>(
    outputs: Int, inputs: Int, _ numerics: Numerics, hasBackward: Bool, read: WeightReader<Failure>
  ) throws(Failure) -> LinearWeight? {
    for backend in all where backend.takesFrozen(numerics) {
      let weight = try backend.frozen(
        outputs: outputs, inputs: inputs, numerics, hasBackward: hasBackward, read: read)
      if let weight { return weight }
    }
    return nil
  }

  /// The first of them.
  static func ofFrozen(_ numerics: Numerics) -> ObjectIdentifier? {
    all.first { $0.takesFrozen(numerics) }.map { ObjectIdentifier($0) }
  }

  /// What a frozen weight takes in memory; nil where no backend has products with it.
  static func frozenSize(
    outputs: Int, inputs: Int, _ numerics: Numerics, hasBackward: Bool
  ) -> FrozenWeightSize? {
    all.first { $0.takesFrozen(numerics) }?
      .frozenSize(outputs: outputs, inputs: inputs, numerics, hasBackward: hasBackward)
  }

  /// Likewise of a weight that is trained.
  static func trained(_ weight: Matrix, precision: ProductPrecision) -> LinearWeight? {
    for backend in all {
      guard let sides = backend.trained(weight, precision) else { continue }
      return LinearWeight(
        outputs: weight.rows, inputs: weight.columns, forward: sides.forward, backward: sides.backward)
    }
    return nil
  }

  /// Keeps every product on the thread that makes it; each thread of a team calls this.
  static func setSingleThreaded() {
    for backend in all { backend.setSingleThreaded() }
  }
}
