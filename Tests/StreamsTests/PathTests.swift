import Foundation
import Glibc
import Streams
import Testing

/// Names of files as bytes, links, and the names beside them.
@Suite struct PathTests {
  let folder: String

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "paths-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  @Test(
    arguments: [
      [], Array("plain.txt".utf8), Array("é\u{10FFFF}\u{10FF41}".utf8), [0xE9],
      Array("caf".utf8) + [0xE9, 0x2E],
      [0xF4, 0x8F, 0xBC, 0x80], [0xF4, 0x8F], [0xC3, 0xA9, 0xFF, 0xC3],
    ] as [[UInt8]])
  func everyNameComesBack(_ bytes: [UInt8]) {
    let text = pathText(bytes)
    #expect(text.pathBytes.map { UInt8(bitPattern: $0) } == bytes + [0])
  }

  @Test func namesAreShown() {
    #expect(pathText(Array("caf".utf8) + [0xE9, 0x02]).shownPath == "caf\\xE9\u{2}")
    #expect("é".shownPath == "é")
    #expect(SourcePosition(file: pathText([0x41, 0x80])).description == "A\\x80")
  }

  @Test func aLinkIsWrittenWhereItPoints() throws {
    let (link, target) = ("\(folder)/link", "\(folder)/target")
    #expect(symlink("target", link) == 0)
    for (mode, text) in [(OutputMode.create, "one"), (.overwrite, "two")] {
      let file = try OutputFile(path: link, mode: mode)
      #expect(fileExists("\(target).partial"))
      try file.write(text)
      try file.finish()
      #expect(linkTarget(link) == target)
      #expect(try readFile(target) == Array(text.utf8))
    }
    #expect(throws: ToolError.self) { _ = try OutputFile(path: link) }
  }

  @Test(arguments: [200, 232, 242, 247, 248, 255]) func longNamesHaveHelpers(_ count: Int) throws {
    let path = "\(folder)/" + String(repeating: "x", count: count)
    let writer = try #require(
      try ResumablePartial.open(path: path, identity: ["a": 1]) { (_: Record) throws(ToolError) in })
    try writer.write(["a": 1])
    try writer.finish()
    #expect(fileExists(path))
    for suffix in [".partial", ".manifest.json", ".partial.identity.json"] {
      let helper = helperPath(path, suffix: suffix)
      #expect(helper.hasSuffix(suffix) && (helper.split(separator: "/").last?.utf8.count ?? 256) <= 255)
      #expect(count + suffix.utf8.count > 255 || helper == path + suffix)
    }
    #expect(helperPath("\(path)y", suffix: ".partial") != helperPath("\(path)z", suffix: ".partial"))
  }

  /// A byte that is not UTF-8 is one byte of a name.
  @Test(arguments: [200, 247, 248, 255]) func longNamesOfBytesHaveHelpers(_ count: Int) throws {
    let path = "\(folder)/" + pathText(Array(repeating: 0xE9, count: count))
    let writer = try #require(
      try ResumablePartial.open(path: path, identity: ["a": 1]) { (_: Record) throws(ToolError) in })
    try writer.write(["a": 1])
    try writer.finish()
    #expect(fileExists(path))
  }

  @Test func whatAnEarlierRunLeftIsFoundUnderAnyName() throws {
    for name in ["plain", pathText([0x6C, 0xE9])] {
      let path = "\(folder)/\(name)"
      try ResumablePartial.checkNothingIsLost(path: path)
      try AtomicFile.write(OutputFile.partialPath(path), [1])
      #expect(throws: ToolError.self) { try ResumablePartial.checkNothingIsLost(path: path) }
    }
  }

  @Test func namesOfNoOutput() throws {
    #expect(symlink("round", "\(folder)/round") == 0)
    for (path, status) in [("", ExitStatus.usage), ("\(folder)/round", .cannotCreate)] {
      #expect { _ = try OutputFile(path: path, mode: .overwrite) } throws: {
        ($0 as? ToolError)?.status == status
      }
      #expect { try OutputFile.check(path: path, mode: .create) } throws: {
        ($0 as? ToolError)?.status == status
      }
      #expect { try AtomicDirectory.write(path) { (_: String) throws(ToolError) in } } throws: {
        ($0 as? ToolError)?.status == status
      }
    }
    #expect(linkStatus("\(folder)/round")?.isSymbolicLink == true)
  }

  @Test func aDirectoryThatCannotBeReadSaysWhy() throws {
    try AtomicFile.write("\(folder)/file", [1])
    #expect(try directoryNames(folder, .missingInput, "list") == ["file"])
    for (name, reason) in [("file", "Not a directory"), ("nothing", "No such file or directory")] {
      let path = "\(folder)/\(name)"
      #expect(directoryNames(path) == nil)
      expectError(.missingInput, "\(path): cannot list: \(reason)") {
        _ = try directoryNames(path, .missingInput, "list")
      }
    }
  }

  /// What a run writes beside its output would replace an input of that name.
  @Test(arguments: [".partial", ".manifest.json"]) func anInputIsNoHelper(_ suffix: String) throws {
    let input = "\(folder)/out\(suffix)"
    try AtomicFile.write(input, Array("{}\n".utf8))
    try ProtectedInputs.add(input)
    for mode in [OutputMode.create, .overwrite] {
      #expect { _ = try OutputFile(path: "\(folder)/out", mode: mode) } throws: {
        ($0 as? ToolError)?.status == .usage
      }
    }
    #expect(try readFile(input) == Array("{}\n".utf8))
  }

  @Test func anInputIsNoOutput() throws {
    let path = "\(folder)/cases"
    try AtomicFile.write(path, Array("{}\n".utf8))
    #expect(symlink("cases", "\(folder)/other") == 0)
    _ = try RecordReader(paths: [path])
    for name in ["cases", "other", "./cases"] {
      let error = #expect(throws: ToolError.self) {
        _ = try OutputFile(path: "\(folder)/\(name)", mode: .overwrite)
      }
      #expect(error?.status == .usage)
    }
    let early = "\(folder)/early"
    try AtomicFile.write(early, Array("{}\n".utf8))
    _ = try OutputFile(path: early, mode: .overwrite)
    #expect(throws: ToolError.self) { _ = try RecordReader(paths: [early]) }
    #expect(throws: ToolError.self) { try ProtectedInputs.checkRemoval(of: folder) }
  }

  @Test func exactTexts() {
    #expect("e\u{301}" == "é" && !"e\u{301}".isExactly("é") && "é".isExactly("é"))
    #expect(Set([ExactText("e\u{301}"), ExactText("é"), ExactText("é")]).count == 2)
    #expect(["e\u{301}", "é"].firstIndex(ofExactly: "é") == 1 && !["e\u{301}"].containsExactly("é"))
  }
}
