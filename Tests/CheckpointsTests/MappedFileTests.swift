import Checkpoints
import Foundation
import Streams
import Testing

@Suite struct MappedFileTests {
  /// The system ends a process with SIGBUS that reads what is gone.
  @Test func aFileThatIsCutShortEndsTheProcessWithALine() async {
    let result = await #expect(processExitsWith: .exitCode(74), observing: [\.standardErrorContent]) {
      let path = NSTemporaryDirectory() + "cut-\(UUID().uuidString).gguf"
      try Data(repeating: 7, count: 1 << 16).write(to: URL(fileURLWithPath: path))
      let file = try MappedFile(path: path)
      guard truncate(path, 0) == 0, unlink(path) == 0 else { exit(1) }
      file.withBytes { bytes in exit(Int32(bytes[1 << 15])) }
    }
    let text = result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) } ?? ""
    #expect(text.hasSuffix(".gguf: was cut short while it was read\n"))
  }
}
