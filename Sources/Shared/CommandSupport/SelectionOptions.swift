import ArgumentParser
import Streams

/// The options that choose records of a stream.
public struct SelectionOptions: ParsableArguments {
  /// `--split`: nil for all. Whether there is such a split is for the tool to check.
  @Option(
    help: ArgumentHelp("Only records of this split: tune, train, validation or test.", valueName: "name"))
  public var split: String?

  /// `--limit`: not negative; nil for no limit.
  @Option(help: ArgumentHelp("Stop after that many records, of all shards together.", valueName: "n"))
  public var limit: Int?

  /// `--shard`: nil for the whole stream.
  @Option(
    help: ArgumentHelp("Only the I-th of N parts, by a hash of the id; I from 0 to N-1.", valueName: "i/n"))
  public var shard: Shard?

  /// For the parser, which fills in the values.
  public init() {}

  /// Throws `ValidationError` for a negative `--limit`.
  public mutating func validate() throws {
    try OptionBounds.check("--limit", limit, in: 0...Int.max)
  }

  /// The choice that these options make.
  public var selection: Selection { Selection(split: split, limit: limit, shard: shard) }
}

extension Shard: ExpressibleByArgument {
  /// `I/N` on a command line; nil, which the parser reports, where it is something else.
  public init?(argument: String) {
    self.init(parsing: argument)
  }
}
