// swift-tools-version: 6.0
import Foundation
import PackageDescription

/// A library target in `Sources/Shared/<name>`. Lower folders know nothing of higher ones.
func shared(
  _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = [], data: [String] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Sources/Shared/\(name)", exclude: ["README.md"] + data,
    resources: resources)
}

/// A system library that is only a module map, found through pkg-config.
func library(_ name: String, pkgConfig: String, apt package: String) -> Target {
  .systemLibrary(
    name: name, path: "Sources/Shared/CLibraries/\(name)", pkgConfig: pkgConfig,
    providers: [.apt([package])])
}

/// One of the four programs: options, then calls into `Shared`.
func tool(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: dependencies + [argumentParser], path: "Sources/\(name)")
}

/// The unit tests of one target, in `Tests/<name>Tests`.
func tests(of name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, path: "Tests/\(name)Tests",
    resources: resources)
}

/// oneDNN's products are used where the library is installed (version 2 or 3, which have no pkg-config file); ONEDNN=0
/// in the environment leaves it out, ONEDNN=1 insists on it.
let oneDNNHeader = "/usr/include/oneapi/dnnl/dnnl_version.h"
let usesOneDNN =
  switch Context.environment["ONEDNN"] {
  case "0": false
  case "1": true
  default:
    (try? String(contentsOfFile: oneDNNHeader, encoding: .utf8))?.contains(/DNNL_VERSION_MAJOR [23]/) ?? false
  }

/// The kernels, compiled from the same sources once for each kind of processor. The conditions tell the sources
/// what they are compiled for, because Swift's own do not.
func kernels(_ name: String, architecture: String? = nil, conditions: [String] = []) -> Target {
  .target(
    name: "Kernels\(name)", dependencies: ["KernelInterface"],
    path: "Sources/Shared/Kernels/Variants/\(name)",
    swiftSettings: conditions.map { .define($0) }
      + (architecture.map { [.unsafeFlags(["-Xcc", "-march=\($0)"])] } ?? []))
}

#if arch(x86_64)
  let kernelVariants = [
    kernels("V2", architecture: "x86-64-v2"),
    kernels("V3", architecture: "x86-64-v3", conditions: ["FUSED"]),
    kernels("V4", architecture: "x86-64-v4", conditions: ["FUSED", "AVX512"]),
  ]
#else
  let kernelVariants = [kernels("Plain", conditions: ["FUSED"])]
#endif

/// The coverage-guided fuzzer of Tests/Fuzz is built only for `make fuzz`, which sets FUZZ=1.
let isFuzzing = Context.environment["FUZZ"] == "1"

/// What the fuzzer feeds, and what finds its fixtures.
let fuzzed: [Target.Dependency] = [
  "Streams", "Cases", "Tasks", "Importers", "Checkpoints", "Jinja", "Tokenizers", "Labelling", "Servers",
  "Faithfulness", "TestSupport",
]

/// What stands beside the sources in Tests/Fuzz.
let fuzzedFiles = ["README.md", "Corpus", "make_seeds.py", "run.sh"]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")

let package = Package(
  name: "introspective-coupling",
  products: [
    .executable(name: "cf-gen", targets: ["cf-gen"]),
    .executable(name: "cf-label", targets: ["cf-label"]),
    .executable(name: "xp-train", targets: ["xp-train"]),
    .executable(name: "xp-score", targets: ["xp-score"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
  ],
  targets: [
    library("CJansson", pkgConfig: "jansson", apt: "libjansson-dev"),
    library("CZstd", pkgConfig: "libzstd", apt: "libzstd-dev"),
    library("COpenBLAS", pkgConfig: "openblas", apt: "libopenblas-dev"),

    .systemLibrary(
      name: "COneDNN", path: "Sources/Shared/CLibraries/COneDNN", providers: [.apt(["libdnnl-dev"])]),
    // Only packages name their commit (BUILD_COMMIT), so that a commit alone does not make other programs.
    .target(
      name: "CBuild", path: "Sources/Shared/CLibraries/CBuild",
      cSettings: Context.environment["BUILD_COMMIT"].map { [.define("BUILD_COMMIT", to: "\"\($0)\"")] } ?? []),
    // The data sets of the built-in tasks, out of Tasks/Data.
    .target(name: "CEmbeddedData", path: "Sources/Shared/CLibraries/CEmbeddedData"),
    .systemLibrary(name: "CProcessor", path: "Sources/Shared/CLibraries/CProcessor"),
    .systemLibrary(name: "CCurl", path: "Sources/Shared/CLibraries/CCurl"),
    .systemLibrary(name: "CMPI", path: "Sources/Shared/CLibraries/CMPI"),

    shared("Streams", ["CJansson", "CZstd", crypto]),
    shared("Cases", ["Streams"]),
    shared(
      "Tasks", ["Cases", "Streams", "CEmbeddedData"],
      resources: ["hint", "sycophancy", "refusal"].map { .embedInCode("BuiltIn/\($0).json") }, data: ["Data"]),
    shared("CommandSupport", ["Streams", "Tasks", "CBuild", argumentParser]),
    shared("Importers", ["Cases", "Streams"]),
    shared("Faithfulness", ["Cases", "Tasks", "Streams"]),
    shared(
      "Reports", ["Cases", "Faithfulness", "Streams"],
      resources: [
        "report.css", "tables.js", "examples.js", "link.js", "elements.js", "detail.js", "browser.js",
      ].map {
        .embedInCode("Assets/\($0)")
      }),

    .target(name: "KernelInterface", path: "Sources/Shared/Kernels/Interface"),
    .target(
      name: "KernelChoice",
      dependencies: ["KernelInterface", "Streams", "CProcessor"]
        + kernelVariants.map { .byName(name: $0.name) },
      path: "Sources/Shared/Kernels/Choice"),
    .target(
      name: "Tensors",
      dependencies: ["KernelInterface", "KernelChoice", "CProcessor", "COpenBLAS"]
        + (usesOneDNN ? ["COneDNN"] : []),
      path: "Sources/Shared/Tensors", exclude: ["README.md"] + (usesOneDNN ? [] : ["Products/OneDNN"]),
      swiftSettings: usesOneDNN ? [.define("ONEDNN")] : []),
    shared("Checkpoints", ["Streams"]),
    shared("Jinja", ["Streams"]),
    shared("Tokenizers", ["Streams", "Cases", "Checkpoints", "Jinja"]),
    shared("Transformer", ["Streams", "Cases", "Tensors", "Checkpoints", "Tokenizers"]),
    shared(
      "ModelOptions",
      ["Streams", "CommandSupport", "Tensors", "Checkpoints", "Transformer", argumentParser]),
    shared("Labelling", ["Streams", "Cases", "Tasks", "Transformer"]),
    shared("Servers", ["Streams", "Cases", "Tokenizers", "Labelling", "CCurl"]),
    shared("ProcessGroups", ["Streams", "Tensors", "CMPI"]),
    shared(
      "Training",
      [
        "Streams", "Cases", "Tasks", "KernelChoice", "Tensors", "Checkpoints", "Transformer", "ProcessGroups",
      ]),
    shared("Exports", ["Streams", "Checkpoints", "Tokenizers", "Transformer", "Training"]),

    tool("cf-gen", ["CommandSupport", "Streams", "Cases", "Tasks", "Importers"]),
    tool(
      "cf-label",
      [
        "CommandSupport", "ModelOptions", "Streams", "Cases", "Tasks", "KernelChoice", "Tensors",
        "Checkpoints",
        "Transformer", "Labelling", "Servers",
      ]),
    tool(
      "xp-train",
      [
        "CommandSupport", "ModelOptions", "Streams", "Cases", "Tasks", "KernelChoice", "Tensors",
        "Checkpoints",
        "Tokenizers", "Transformer", "Labelling", "ProcessGroups", "Training", "Exports",
      ]),
    tool("xp-score", ["CommandSupport", "Streams", "Cases", "Tasks", "Faithfulness", "Reports"]),

    // What tests of many modules use, without the engine; models for tests of the engine.
    .target(name: "TestSupport", dependencies: ["Streams"], path: "Tests/TestSupport"),
    tests(of: "Streams"),
    tests(of: "CommandSupport", ["Streams"]),
    tests(of: "ModelOptions", ["Streams", "Tensors"]),
    tests(of: "Cases", ["Streams"]),
    tests(of: "Tasks", ["Cases", "Streams"]),
    tests(of: "Importers", ["Cases", "Streams"]),
    tests(of: "Faithfulness", ["Cases", "Tasks", "Streams", "TestSupport"]),
    tests(of: "Reports", ["Cases", "Faithfulness", "Streams", "TestSupport"]),
    tests(
      of: "KernelChoice", ["KernelInterface", "Streams"] + kernelVariants.map { .byName(name: $0.name) }),
    tests(of: "Tensors", ["KernelInterface", "KernelChoice"]),
    tests(of: "Checkpoints", ["Streams", "TestSupport"]),
    tests(of: "Jinja", ["Streams", "TestSupport"]),
    tests(of: "Tokenizers", ["Streams", "Cases", "Checkpoints", "Jinja", "TestSupport"]),
    .target(
      name: "TinyModels",
      dependencies: ["Streams", "Tensors", "Checkpoints", "Transformer", "ProcessGroups", "TestSupport"],
      path: "Tests/TinyModels"),
    tests(
      of: "Transformer", ["Streams", "Tensors", "Checkpoints", "Tokenizers", "TestSupport", "TinyModels"]),
    tests(of: "Labelling", ["Streams", "Cases", "Tasks", "Tokenizers", "Transformer", "TinyModels"]),
    tests(of: "Servers", ["Streams", "Cases", "Labelling", "TestSupport"]),
    tests(of: "ProcessGroups", ["Streams", "Tensors", "TinyModels"]),
    tests(
      of: "Training",
      [
        "Streams", "Cases", "Tasks", "Tensors", "Checkpoints", "Transformer", "Labelling", "ProcessGroups",
        "TinyModels",
      ]),
    tests(of: "Exports", ["Streams", "Checkpoints", "Tokenizers", "TestSupport"]),
  ]
)

package.targets += kernelVariants

if isFuzzing {
  // Unsafe pointers are checked as in debug builds.
  let flags = SwiftSetting.unsafeFlags(["-sanitize=fuzzer", "-gnone", "-assert-config", "Debug"])
  for target in package.targets where [.regular, .executable].contains(target.type) {
    target.swiftSettings = (target.swiftSettings ?? []) + [flags]
  }
  package.targets += [
    .systemLibrary(name: "CLibFuzzer", path: "Tests/Fuzz/CLibFuzzer"),
    .executableTarget(
      name: "fuzz", dependencies: fuzzed + ["CLibFuzzer"], path: "Tests/Fuzz",
      exclude: fuzzedFiles + ["CLibFuzzer", "Replay"], swiftSettings: [flags],
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]),
  ]
} else {
  package.targets.append(
    .testTarget(
      name: "FuzzTests", dependencies: fuzzed, path: "Tests/Fuzz",
      exclude: fuzzedFiles + ["CLibFuzzer", "Driver"]))
}
