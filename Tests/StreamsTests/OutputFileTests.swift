import CZstd
import Glibc
import Streams
import Testing

@Suite struct OutputFileTests {
  @Test func appearsOnlyWhenComplete() throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/out"
      let output = try OutputFile(path: path)
      try output.write("hello")
      #expect(!fileExists(path))
      #expect(fileExists(path + ".partial"))
      var summary: OutputSummary?
      try output.finish { written in
        summary = written
        #expect(!fileExists(path))
      }
      #expect(summary == OutputSummary(path: path, byteCount: 5, sha256: Digest.hex(of: "hello")))
      #expect(try readFile(path) == Array("hello".utf8))
      #expect(!fileExists(path + ".partial"))
    }
  }

  @Test func thePartialFileStays() throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/out"
      do { try OutputFile(path: path).write("half") }
      #expect(!fileExists(path))
      #expect(try readFile(path + ".partial") == Array("half".utf8))
      // And the next run starts over.
      let output = try OutputFile(path: path)
      try output.write("new")
      try output.finish()
      #expect(try readFile(path) == Array("new".utf8))
    }
  }

  @Test func anExistingFileNeedsForce() throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/out"
      try put("old", in: path)
      expectError(.cannotCreate, "exists already") { _ = try OutputFile(path: path) }
      let output = try OutputFile(path: path, mode: .overwrite)
      try output.write("new")
      #expect(try readFile(path) == Array("old".utf8), "the old file stays until the new one is complete")
      try output.finish()
      #expect(try readFile(path) == Array("new".utf8))
      expectError(.cannotCreate) { _ = try OutputFile(path: "\(directory)/none/out") }
      expectError(.cannotCreate, "Is a directory") { _ = try OutputFile(path: directory, mode: .overwrite) }
    }
  }

  @Test func twoProcessesCannotWriteTheSameFile() throws {
    try withTemporaryDirectory { directory in
      let first = try OutputFile(path: "\(directory)/out")
      expectError(.cannotCreate, "another process") { _ = try OutputFile(path: "\(directory)/out") }
      try first.finish()
    }
  }

  @Test func aFullDiskIsAnIOError() throws {
    let output = try OutputFile(path: "/dev/full")
    expectError(.ioError, "/dev/full: cannot write: No space left on device") { try output.write("x") }
  }

  @Test func aReaderThatLeftIsNoFailure() throws {
    Interruption.install()
    try withTemporaryDirectory { directory in
      let path = "\(directory)/fifo"
      #expect(mkfifo(path, 0o600) == 0)
      let reader = open(path, O_RDONLY | O_NONBLOCK)
      let output = try OutputFile(path: path)
      try output.write("first\n")
      close(reader)
      expectError(.ok) { try output.write("second\n") }
    }
  }

  @Test func smallFilesAreReplacedAtOnce() throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/file"
      try AtomicFile.write(path, "one".utf8)
      try AtomicFile.write(path, "two".utf8)
      #expect(try readFile(path) == Array("two".utf8))
      #expect(!fileExists(path + ".partial"))
    }
  }

  @Test func directoriesAppearOnlyWhenComplete() throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/step-000200"
      expectError(.failedRun) {
        try AtomicDirectory.write(path) { partial throws(ToolError) in
          try AtomicFile.write("\(partial)/left-over", "x".utf8)
          throw ToolError(.failedRun, "stopped")
        }
      }
      #expect(fileExists("\(path).partial/left-over") && !fileExists(path))
      try AtomicDirectory.write(path) { partial throws(ToolError) in
        #expect(!fileExists("\(partial)/left-over"))
        #expect(mkdir("\(partial)/inner", 0o777) == 0)
        try AtomicFile.write("\(partial)/inner/weights", "w".utf8)
      }
      #expect(try readFile("\(path)/inner/weights") == Array("w".utf8))
      #expect(!fileExists("\(path).partial"))
      expectError(.cannotCreate, "exists already") { try AtomicDirectory.write(path) { _ in } }
    }
  }

  /// The old directory stays whole until the new one is, and nothing of it is left after that.
  @Test func aReplacedDirectoryIsWholeAtAnyTime() throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/export"
      try AtomicDirectory.write(path) { partial throws(ToolError) in
        try AtomicFile.write("\(partial)/old", "o".utf8)
      }
      expectError(.failedRun) {
        try AtomicDirectory.write(path, replaces: true) { _ throws(ToolError) in
          throw ToolError(.failedRun, "stopped")
        }
      }
      #expect(fileExists("\(path)/old"))
      // What a run that was killed between the renames left behind is no obstacle.
      #expect(mkdir(path + ".replaced", 0o777) == 0)
      try AtomicDirectory.write(path, replaces: true) { partial throws(ToolError) in
        #expect(fileExists("\(path)/old"))
        try AtomicFile.write("\(partial)/new", "n".utf8)
      }
      #expect(fileExists("\(path)/new") && !fileExists("\(path)/old"))
      #expect(!fileExists(path + ".replaced") && !fileExists(path + ".partial"))
    }
  }
}
