import Glibc
import KernelInterface
import Streams
import Synchronization

#if arch(x86_64)
  import CProcessor
  import KernelsV2
  import KernelsV3
  import KernelsV4
#else
  import KernelsPlain
#endif

/// The variant of the kernels that this process uses: the one asked for, or the best that the processor has.
public let kernels: any Kernels = KernelVariants.chosen()

/// The variants of the kernels that are built in.
public enum KernelVariants {
  /// The environment variable that asks for a variant.
  public static let environmentVariable = "CF_CPU"

  private struct BuiltIn {
    let kernels: any Kernels
    /// Whether this processor has its instructions.
    let isUsable: Bool
  }

  /// The best first.
  private static let builtIn: [BuiltIn] = {
    #if arch(x86_64)
      [
        BuiltIn(kernels: KernelsV4.Variant(), isUsable: processor_has_x86_64_v4() == 1),
        BuiltIn(kernels: KernelsV3.Variant(), isUsable: processor_has_x86_64_v3() == 1),
        BuiltIn(kernels: KernelsV2.Variant(), isUsable: processor_has_x86_64_v2() == 1),
      ]
    #else
      [BuiltIn(kernels: KernelsPlain.Variant(), isUsable: true)]
    #endif
  }()

  /// Those that this processor can run, the best first.
  public static var usable: [any Kernels] { builtIn.filter(\.isUsable).map(\.kernels) }

  private static let requested = Mutex<String?>(nil)

  /// Chooses the variant of that name, by default the one that `CF_CPU` names, else the best. To be called before
  /// `kernels` is used.
  /// - Parameter name: the value of `--cpu`, where it is given.
  /// - Throws: `ToolError` (64) where there is no such variant, or this processor cannot run it; (1) where it can
  ///   run none.
  public static func choose(_ name: String?) throws(ToolError) {
    let variable = environmentName
    let chosen = try find(name ?? variable, askedBy: name == nil ? environmentVariable : "--cpu")
    requested.withLock { $0 = chosen.name }
    precondition(kernels.name == chosen.name, "the variant is chosen before it is used")
  }

  /// The first use of `kernels` decides; programs have called `choose` before.
  fileprivate static func chosen() -> any Kernels {
    do {
      return try find(requested.withLock { $0 } ?? environmentName, askedBy: environmentVariable)
    } catch {
      preconditionFailure(error.message)
    }
  }

  private static var environmentName: String? {
    getenv(environmentVariable).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  private static func find(_ name: String?, askedBy option: String) throws(ToolError) -> any Kernels {
    guard let name else {
      guard let best = usable.first else {
        throw ToolError(
          .failedRun, "this processor is older than any that the kernels are built for (x86-64-v2)")
      }
      return best
    }
    guard let variant = builtIn.first(where: { $0.kernels.name == name }) else {
      let names = builtIn.map(\.kernels.name).joined(separator: ", ")
      throw ToolError(.usage, "\(option): there is no variant \(name); there are \(names)")
    }
    guard variant.isUsable else {
      throw ToolError(.usage, "\(option): this processor lacks instructions of \(name)")
    }
    return variant.kernels
  }
}
