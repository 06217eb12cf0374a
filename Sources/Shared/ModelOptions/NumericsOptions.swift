import ArgumentParser
import Tensors

/// What a program's help says of the numbers that it computes with.
public protocol NumericsHelp {
  /// Of `--precision`.
  static var precision: String { get }
  /// Of `--weights`.
  static var weights: String { get }
}

/// The options of tools that compute a checkpoint: with which numbers.
public struct NumericsOptions<Help: NumericsHelp>: ParsableArguments {
  /// `--precision`.
  @Option(help: ArgumentHelp(Help.precision, valueName: "name"))
  public var precision = ProductPrecision.float32

  /// `--weights`.
  @Option(help: ArgumentHelp(Help.weights, valueName: "name"))
  public var weights = WeightFormat.float32

  /// For the parser, which fills in the values.
  public init() {}

  /// Both of them.
  public var chosen: Numerics { Numerics(precision: precision, weights: weights) }
}

extension ProductPrecision: ExpressibleByArgument {}
extension WeightFormat: ExpressibleByArgument {}
