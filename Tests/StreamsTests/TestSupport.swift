import Glibc
import Streams
import Testing

/// Makes a directory, gives its path to `body`, and removes it afterwards.
func withTemporaryDirectory(_ body: (String) throws -> Void) throws {
  var template = Array("/tmp/streams-tests-XXXXXX".utf8CString)
  let path = try #require(mkdtemp(&template).map { String(cString: $0) })
  defer { try? AtomicDirectory.removeTree(path) }
  try body(path)
}

/// Writes a file as it is, without the means under test.
func put(_ bytes: some Collection<UInt8>, in path: String) throws {
  let file = try #require(fopen(path, "w"))
  let content = Array(bytes)
  #expect(fwrite(content, 1, content.count, file) == content.count)
  #expect(fclose(file) == 0)
}

func put(_ text: String, in path: String) throws {
  try put(text.utf8, in: path)
}

/// The bytes that hexadecimal digits stand for.
func bytes(hex: String) -> [UInt8] {
  let digits = hex.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
  return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}

/// Expects a `ToolError` of that status whose description has that text.
func expectError(
  _ status: Streams.ExitStatus, _ text: String = "", sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () throws -> Void
) {
  do {
    try body()
    Issue.record("no error, expected \(status) \(text)", sourceLocation: sourceLocation)
  } catch let error as ToolError {
    #expect(error.status == status, "\(error)", sourceLocation: sourceLocation)
    #expect(
      text.isEmpty || error.description.utf8.contains(text.utf8), "\(error)", sourceLocation: sourceLocation)
    #expect(!error.description.utf8.contains(0x0A), "an error is one line", sourceLocation: sourceLocation)
  } catch {
    Issue.record("\(error) is no ToolError", sourceLocation: sourceLocation)
  }
}

/// The text of all lines of an input.
func lines(of path: String) throws -> [String] {
  let reader = try LineReader(path: path)
  var lines: [String] = []
  while let line = try reader.next() { lines.append(String(decoding: line.bytes, as: UTF8.self)) }
  return lines
}
