import Foundation
import Streams
import TestSupport
import Testing

/// The inputs that the fuzzer starts from, and those that it found, once more: each must end in a value or in a
/// `ToolError`, and soon.
@Suite struct CorpusTests {
  /// Seconds of processor time. Debug builds are slow.
  #if DEBUG
    private static let longest = 20.0
  #else
    private static let longest = 1.0
  #endif

  @Test(arguments: FuzzTarget.all.map(\.name))
  func everyInputEnds(parser: String) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == parser })
    let folder = fixture("../Fuzz/Corpus/\(parser)")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(!names.isEmpty)
    let run = target.prepare()
    for name in names {
      let bytes = try readFile("\(folder)/\(name)")
      let start = FuzzTarget.processorTime
      run(bytes)
      let seconds = FuzzTarget.processorTime - start
      #expect(seconds < Self.longest, "\(parser)/\(name) takes \(seconds) s")
    }
  }
}
