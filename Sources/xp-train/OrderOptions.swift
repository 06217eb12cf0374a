import ArgumentParser
import CommandSupport
import Streams
import Training

/// How many steps there are, and which examples each has.
struct OrderOptions: ParsableArguments {
  /// More processes than that would send more than they compute.
  private static let sliceLimit = 1024

  @Option(help: ArgumentHelp("Examples a step.", valueName: "n"))
  var batchSize = 16

  @Option(help: ArgumentHelp("Passes over all sets; by default 1.", valueName: "n"))
  var epochs: Int?

  @Option(help: ArgumentHelp("Steps, instead of epochs.", valueName: "n"))
  var steps: Int?

  @Option(
    help: ArgumentHelp(
      "Parts in which a step is computed, a power of two; several processes (mpirun) share them. By default 1, or at least 8 with "
        + "several.",
      valueName: "n"))
  var slices: Int?

  @Option(help: "Shuffle cases (their examples stay together), examples, or nothing.")
  var shuffle = Shuffle.case

  @Flag(name: .customLong("no-shuffle"), help: "The same as --shuffle none.")
  var noShuffle = false

  @Option(help: ArgumentHelp("Seed of the order, the adapter's start and the label noise.", valueName: "n"))
  var seed: UInt64 = 0

  mutating func validate() throws {
    for (flag, value) in [("--batch-size", batchSize), ("--epochs", epochs), ("--steps", steps)] {
      try OptionBounds.check(flag, value, in: 1...OptionBounds.count)
    }
    guard slices.map(Self.isCount) ?? true else {
      throw ValidationError("--slices must be a power of two, at most \(Self.sliceLimit)")
    }
    guard epochs == nil || steps == nil else { throw ValidationError("give --epochs or --steps, not both") }
    guard seed <= UInt64(Int.max) else { throw ValidationError("--seed is too large") }
  }

  private static func isCount(_ slices: Int) -> Bool {
    (1...sliceLimit).contains(slices) && slices & (slices - 1) == 0
  }

  /// What is shuffled.
  var kind: Shuffle { noShuffle ? .none : shuffle }

  /// The order of these examples.
  func order(of examples: [TrainingExample]) -> ExampleOrder {
    ExampleOrder(groups: examples.map(\.group), batchSize: batchSize, shuffle: kind, seed: seed)
  }

  /// Slices of a step. Throws `ToolError`: 64 where the processes cannot share them evenly, 65 where the run's are
  /// none.
  /// - Parameter stored: of a run that is gone on with.
  func slices(stored: Int?, processes: Int) throws(ToolError) -> Int {
    guard stored.map(Self.isCount) ?? true else {
      throw .badData("\"slices\" of the run's config.json is no power of two up to \(Self.sliceLimit)")
    }
    let slices = self.slices ?? stored ?? (processes == 1 ? 1 : max(8, processes))
    guard slices % processes == 0 else {
      throw ToolError(
        .usage, "\(processes) processes cannot share the \(slices) slices of a step (--slices) evenly")
    }
    return slices
  }

  /// Steps of the run.
  func totalSteps(_ order: ExampleOrder) -> Int { steps ?? (epochs ?? 1) * order.stepsPerEpoch }
}

extension Shuffle: ExpressibleByArgument {}
