import Checkpoints
import Streams
import TestSupport
import Testing

/// A way to break a sound GGUF file, and what the message must say.
struct GGUFAttack: CustomTestStringConvertible, Sendable {
  var testDescription: String
  var message: String
  var apply: @Sendable (inout GGUFBuilder) -> Void

  init(_ name: String, _ message: String, _ apply: @escaping @Sendable (inout GGUFBuilder) -> Void) {
    testDescription = name
    self.message = message
    self.apply = apply
  }

  static func sound() -> GGUFBuilder {
    var builder = GGUFBuilder()
    builder.add("general.architecture", "llama")
    builder.add(tensor: "a", [4, 2], [1, 2, 3, 4, 5, 6, 7, 8])
    builder.add(tensor: "b", [4], [1, 2, 3, 4])
    return builder
  }

  static let all: [GGUFAttack] = [
    GGUFAttack("wrong magic", "is not a GGUF file") { $0.magic = Array("GGUX".utf8) },
    GGUFAttack("version 1", "GGUF version 1") { $0.version = 1 },
    GGUFAttack("version 4", "GGUF version 4") { $0.version = 4 },
    GGUFAttack("version 0", "GGUF version 0") { $0.version = 0 },
    GGUFAttack("big endian", "big-endian") { $0.version = 0x0300_0000 },
    GGUFAttack("tensor count beyond the file", "number of tensors") { $0.tensorCount = 1 << 40 },
    GGUFAttack("largest tensor count", "number of tensors") { $0.tensorCount = .max },
    GGUFAttack("entry count beyond the file", "number of metadata entries") { $0.entryCount = 1 << 40 },
    GGUFAttack("one entry too many", "") { $0.entryCount = 2 },
    GGUFAttack("empty key", "key that is empty") { $0.add("", 1) },
    GGUFAttack("key twice", "\"general.architecture\" twice") { $0.add("general.architecture", "x") },
    GGUFAttack("long key", "at most 65535") { $0.add(String(repeating: "k", count: 70_000), 1) },
    GGUFAttack("unknown value type", "unknown value type 13") { $0.add("k", type: 13, [0, 0, 0, 0]) },
    GGUFAttack("boolean of 2", "boolean") { $0.add("k", type: 7, [2]) },
    GGUFAttack("string beyond the file", "only") {
      $0.add("k", type: 8, [255, 255, 255, 255, 255, 255, 255, 127])
    },
    GGUFAttack("string of 2^64 - 1 bytes", "only") {
      $0.add("k", type: 8, [UInt8](repeating: 255, count: 8))
    },
    GGUFAttack("array of arrays", "array of arrays") {
      $0.add("k", type: 9, [9, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0])
    },
    GGUFAttack("array of unknown type", "unknown type 77") {
      $0.add("k", type: 9, [77, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0])
    },
    GGUFAttack("array longer than the file", "more than the file can hold") {
      $0.add("k", type: 9, [4, 0, 0, 0] + [UInt8](repeating: 255, count: 8))
    },
    GGUFAttack("array whose size overflows", "") {
      $0.add("k", type: 9, [10, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x20])
    },
    GGUFAttack("array of strings beyond the file", "") {
      $0.add("k", type: 9, [8, 0, 0, 0, 200, 0, 0, 0, 0, 0, 0, 0])
    },
    GGUFAttack("alignment no power of two", "power of two") { $0.add("general.alignment", 24) },
    GGUFAttack("alignment 0", "power of two") { $0.add("general.alignment", 0) },
    GGUFAttack("alignment a string", "power of two") { $0.add("general.alignment", "32") },
    GGUFAttack("tensor twice", "tensor \"a\" twice") { $0.tensors[1].name = "a" },
    GGUFAttack("long tensor name", "at most 63") { $0.tensors[0].name = String(repeating: "n", count: 64) },
    GGUFAttack("five dimensions", "5 dimensions") { $0.tensors[0].dimensions = [4, 1, 1, 1, 2] },
    GGUFAttack("dimension of 0", "dimension of 0") { $0.tensors[0].dimensions = [4, 0] },
    GGUFAttack("dimension beyond 63 bits", "dimension of") { $0.tensors[0].dimensions = [4, 1 << 63] },
    GGUFAttack("size beyond 64 bits", "beyond 64 bits") { $0.tensors[0].dimensions = [1 << 40, 1 << 40] },
    GGUFAttack("rows beyond 64 bits", "absurd size") {
      $0.tensors[0].dimensions = [1, 1 << 20, 1 << 20, 1 << 19]
    },
    GGUFAttack("type removed from ggml", "type number 4") { $0.tensors[0].type = 4 },
    GGUFAttack("type not supported", "type number 10") { $0.tensors[0].type = 10 },
    GGUFAttack("type out of range", "type number 4294967295") { $0.tensors[0].type = .max },
    GGUFAttack("row no multiple of a block", "block of 32") { $0.tensors[0].type = 8 },
    GGUFAttack("offset beyond the file", "offset 4096") { $0.tensors[0].offset = 4096 },
    GGUFAttack("offset near 2^64", "offset") { $0.tensors[1].offset = .max - 8 },
    GGUFAttack("overlapping tensors", "lies at offset 0") { $0.tensors[1].offset = 0 },
    GGUFAttack("tensor past the end", "past the end") { $0.tensors[1].dimensions = [4, 3] },
    GGUFAttack("tensor of a petabyte", "past the end") { $0.tensors[1].dimensions = [4, 1 << 46] },
    GGUFAttack("one tensor too many", "") { $0.tensorCount = 3 },
  ]
}

@Suite struct GGUFAttackTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  @Test func soundFileIsAccepted() throws {
    let file = try GGUFFile(path: directory.write("sound.gguf", GGUFAttack.sound().build()))
    #expect(file.tensors.map(\.name) == ["a", "b"])
    #expect(file.tensor(named: "a")?.shape == [2, 4])
    let version2 = try directory.write(
      "v2.gguf",
      {
        var b = GGUFAttack.sound()
        b.version = 2
        return b.build()
      }())
    #expect(try GGUFFile(path: version2).tensors.count == 2)
  }

  @Test(arguments: GGUFAttack.all) func attackIsRefused(_ attack: GGUFAttack) throws {
    var builder = GGUFAttack.sound()
    attack.apply(&builder)
    let path = try directory.write("attack.gguf", builder.build())
    let error = try #require(toolError { _ = try GGUFFile(path: path) })
    #expect(error.status == .badData)
    #expect(error.position == SourcePosition(file: path))
    #expect(attack.message.isEmpty || error.message.contains(attack.message), "\(error.message)")
    #expect(!error.message.contains("\n"))
  }

  @Test func everyTruncationIsRefused() throws {
    let bytes = GGUFAttack.sound().build()
    // The last tensor is 16 bytes long; the padding after it may be missing.
    let needed = bytes.count - 16
    for length in 0..<needed {
      let path = try directory.write("cut.gguf", Array(bytes[..<length]))
      #expect(toolError { _ = try GGUFFile(path: path) }?.status == .badData, "cut to \(length) bytes")
    }
    _ = try GGUFFile(path: directory.write("cut.gguf", Array(bytes[..<needed])))
  }

  @Test func missingFileAndDirectory() {
    #expect(toolError { _ = try GGUFFile(path: "/nonexistent.gguf") }?.status == .missingInput)
    #expect(toolError { _ = try GGUFFile(path: "/tmp") }?.status == .badData)
  }
}
