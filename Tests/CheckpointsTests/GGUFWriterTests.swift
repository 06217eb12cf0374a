import Checkpoints
import Streams
import TestSupport
import Testing

/// What is written is what the gguf package writes, to the byte, and reads back as what it was.
@Suite struct GGUFWriterTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  /// Writes a file of these tensors, whose values come from a function of a tensor's place.
  private func write(
    _ entries: [GGUFEntry], _ tensors: [GGUFWriter.Tensor], values: (Int) throws -> [Float]
  ) throws -> String {
    let path = "\(directory.path)/written.gguf"
    let file = try OutputFile(path: path, mode: .overwrite)
    let writer = try GGUFWriter(file, entries: entries, tensors: tensors)
    for index in tensors.indices {
      try values(index).withUnsafeBufferPointer { try writer.write($0) }
    }
    writer.finish()
    try file.finish()
    return path
  }

  private func values(_ tensor: GGUFTensor, _ file: GGUFFile) -> [Float] {
    var values = [Float](repeating: 0, count: tensor.rows * tensor.columns)
    values.withUnsafeMutableBufferPointer { file.read(tensor, rows: 0..<tensor.rows, into: $0) }
    return values
  }

  static let filesOfThePackage = [
    "tiny-llama/tiny-llama-f32.gguf", "tiny-families/qwen2/model.gguf", "tiny-families/qwen3/model.gguf",
    "tiny-families/gemma3/model.gguf",
  ]

  @Test(arguments: filesOfThePackage) func aFileOfThePackageIsWrittenAgain(name: String) throws {
    let file = try GGUFFile(path: fixture(name))
    let path = try write(
      file.entries, file.tensors.map { .init(name: $0.name, shape: $0.shape, type: .f32) }
    ) { values(file.tensors[$0], file) }
    #expect(try readFile(path) == readFile(fixture(name)))
  }

  /// The package quantizes matrices and leaves norms alone.
  @Test func quantizedFileOfThePackage() throws {
    let file = try GGUFFile(path: fixture("tiny-llama/tiny-llama-f32.gguf"))
    let path = try write(
      file.entries,
      file.tensors.map { .init(name: $0.name, shape: $0.shape, type: $0.shape.count > 1 ? .q8_0 : .f32) }
    ) { values(file.tensors[$0], file) }
    #expect(try readFile(path) == readFile(fixture("tiny-llama/tiny-llama-q8_0.gguf")))
  }

  /// Halves between integers, subnormal numbers, zeros, the end of the range: every type as the package rounds.
  @Test func hardValuesInEveryType() throws {
    let file = try GGUFFile(path: fixture("quantization.gguf"))
    let source = try #require(file.tensor(named: "values"))
    let tensors = file.tensors.map { tensor in
      GGUFWriter.Tensor(
        name: tensor.name, shape: tensor.shape,
        type: StoredType.allCases.first { $0.ggmlType == tensor.type } ?? .f32)
    }
    #expect(Set(tensors.map(\.type)) == Set(StoredType.allCases))
    let path = try write(file.entries, tensors) { _ in values(source, file) }
    #expect(try readFile(path) == readFile(file.path))
  }

  @Test func entriesOfEveryKindAreReadAgain() throws {
    let path = try write(
      [
        GGUFEntry("a.integer", integer: .max), GGUFEntry("a.real", real: 1e-5),
        GGUFEntry("a.yes", bool: true),
        GGUFEntry("a.no", bool: false), GGUFEntry("a.string", string: "é\n"),
        GGUFEntry("a.strings", strings: ["", "x y", "▁"]), GGUFEntry("a.integers", integers: [-1, 7]),
        GGUFEntry("a.reals", reals: [0.5, -2]), GGUFEntry("a.empty", strings: []),
      ], [], values: { _ in [] })
    let file = try GGUFFile(path: path)
    #expect(try file.integer("a.integer") == Int(UInt32.max) && file.real("a.real") == 1e-5)
    #expect(try file.bool("a.yes") == true && file.bool("a.no") == false)
    #expect(try file.string("a.string") == "é\n" && file.stringCount("a.empty") == 0)
    var strings: [String] = []
    file.forEachString("a.strings") { strings.append(String(decoding: $0, as: UTF8.self)) }
    #expect(strings == ["", "x y", "▁"])
    #expect(try file.integers("a.integers") == [-1, 7] && file.reals("a.reals") == [0.5, -2])
  }

  static let unstorable: [(type: StoredType, value: Float)] = [
    (.f16, 65_520), (.f16, -1e9), (.q8_0, .nan), (.q8_0, .infinity), (.q8_0, 1e9),
  ]

  @Test(arguments: unstorable.indices) func valuesThatATypeCannotHold(_ index: Int) throws {
    let (type, value) = Self.unstorable[index]
    var values = [Float](repeating: 1, count: 32)
    values[17] = value
    let error = toolError {
      _ = try write([], [.init(name: "w", shape: [1, 32], type: type)]) { _ in values }
    }
    #expect(error?.status == .badData && error?.message.contains("tensor \"w\"") == true)
  }

  /// What a type can hold stays what it is: infinities and NaN of the other types, as the package keeps them.
  @Test func infinitiesStayWhereTheTypeHasThem() throws {
    for type in [StoredType.f32, .f16, .bf16] {
      let path = try write([], [.init(name: "w", shape: [3], type: type)]) { _ in
        [.infinity, -.infinity, .nan]
      }
      let file = try GGUFFile(path: path)
      let found = values(file.tensors[0], file)
      #expect(found[0] == .infinity && found[1] == -.infinity && found[2].isNaN)
    }
  }
}
