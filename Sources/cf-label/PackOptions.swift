import ArgumentParser
import Checkpoints
import CommandSupport
import Streams
import Tensors
import Transformer

/// How much is computed together.
struct PackOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Distinct tokens computed together (default: 4096, with --explain 8192; fewer where they would take more than 2 GB).",
      valueName: "n"))
  var batchTokens: Int?

  @Option(
    help: ArgumentHelp(
      "Resident memory to stay below, such as 12G or 800M: fewer tokens are computed together.",
      valueName: "size"))
  var memory: ByteCount?

  /// What a pack may take beside the weights where nobody says otherwise.
  private static let usualBytes = 2 << 30
  /// A pack holds at least one case, and those have hundreds of tokens.
  private static let leastRows = 256

  func validate() throws {
    try OptionBounds.check("--batch-tokens", batchTokens, in: 1...OptionBounds.count)
    guard batchTokens == nil || memory == nil else {
      throw ValidationError("--memory chooses what --batch-tokens says; give one of them")
    }
  }

  /// Distinct tokens at which a pack is closed. Throws `ToolError` (64) where `--memory` is too little.
  /// - Parameter explains: explanations have few branches a token of the prompts; decoding needs many side by side
  ///   to be fast.
  func rows(
    of model: ModelConfiguration, _ use: ModelUse, explains: Bool, workers: Workers
  ) throws(ToolError) -> Int {
    if let batchTokens { return batchTokens }
    let usual = explains ? 8192 : 4096
    let sizes = InferenceSizes(model)
    guard let memory else {
      return max(Self.leastRows, sizes.rows(upTo: usual, budget: Self.usualBytes))
    }
    let weights = use.weightBytes(model)
    let other = residentBytes() + workers.count * InferenceSizes.workerBytes
    let rows = sizes.rows(upTo: usual, budget: memory.bytes - weights - other)
    guard rows >= Self.leastRows else {
      let least = weights + other + sizes.bytes(rows: Self.leastRows)
      throw ToolError(
        .usage,
        "--memory \(memory): at least \(ByteCount(least)) are needed (weights \(ByteCount(weights)))")
    }
    return rows
  }
}
