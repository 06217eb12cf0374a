import ArgumentParser
import Streams

extension ByteCount: ExpressibleByArgument {
  /// As on a command line; nil, which the parser reports, where it is no amount of memory.
  public init?(argument: String) { self.init(parsing: argument) }
}
