import Checkpoints
import Streams
import TestSupport
import Testing

/// A file with this header, written out, and as many bytes of data.
func safetensors(_ header: String, data: Int) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.append(little: UInt64(header.utf8.count))
  return bytes + Array(header.utf8) + (0..<data).map { UInt8(truncatingIfNeeded: $0) }
}

@Suite struct SafetensorsTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  static let sound = #"{"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}"#

  static let attacks: [(header: String, data: Int, message: String)] = [
    (sound, 7, "do not lie within"),
    (sound, 9, "1 bytes after its last tensor"),
    (#"[{"dtype":"F32"}]"#, 0, "no JSON object"),
    (" " + sound, 8, "no JSON object"),
    (#"{"a":"#, 0, "broken header"),
    (sound + "x", 8, "broken header"),
    ("{\"a\u{0}", 0, "broken header"),
    (#"{"a":1}"#, 0, "described by no object"),
    (#"{"a":{"shape":[2],"data_offsets":[0,8]}}"#, 8, "missing key \"dtype\""),
    (#"{"a":{"dtype":"F32","data_offsets":[0,8]}}"#, 8, "missing key \"shape\""),
    (#"{"a":{"dtype":"F32","shape":[2]}}"#, 8, "missing key \"data_offsets\""),
    (#"{"a":{"dtype":"F31","shape":[2],"data_offsets":[0,8]}}"#, 8, "unknown dtype \"F31\""),
    (#"{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}"#, 8, "non-negative"),
    (#"{"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}"#, 8, "non-negative"),
    (#"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#, 8, "does not take"),
    (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}"#, 8, "do not lie within"),
    (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#, 8, "do not lie within"),
    (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}"#, 8, "non-negative"),
    (#"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}"#, 0, "does not take"),
    (
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[9223372036854775800,9223372036854775807]}}"#, 8,
      "within"
    ),
    (#"{"a":{"dtype":"F4","shape":[3],"data_offsets":[0,1]}}"#, 1, "does not take"),
    (
      #"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}}"#,
      6,
      "tensor \"b\" overlaps"
    ),
    (
      #"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}"#,
      4,
      "overlaps"
    ),
    (
      #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[4,6]}}"#,
      6,
      "tensor \"b\" leaves a hole"
    ),
    (#"{"a":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}"#, 4, "tensor \"a\" leaves a hole"),
    (
      #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"a":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}"#,
      4,
      "broken header"
    ),
    (#"{"__metadata__":[],"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#, 2, "that is no object"),
    (#"{"__metadata__":{"n":1},"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#, 2, "is no string"),
  ]

  @Test(arguments: attacks.indices) func attackIsRefused(_ index: Int) throws {
    let (header, data, message) = Self.attacks[index]
    try expectRefusal(safetensors(header, data: data), message)
  }

  @Test func headerLengths() throws {
    try expectRefusal([], "only 0 bytes")
    try expectRefusal([1, 2, 3, 4, 5, 6, 7], "only 7 bytes")
    try expectRefusal([UInt8](repeating: 255, count: 16), "is too long")
    try expectRefusal([0, 225, 245, 5, 0, 0, 0, 0, 123, 125], "but only 2 follow")
    try expectRefusal([0, 0, 0, 0, 0, 0, 0, 0], "no JSON object")
    let nested = String(repeating: "[", count: 200_000)
    try expectRefusal(safetensors("{\"a\":\(nested)", data: 0), "broken header")
    try expectRefusal(safetensors("{}", data: 0).dropLast() + [0xFF], "broken header")
  }

  private func expectRefusal(_ bytes: [UInt8], _ message: String) throws {
    let path = try directory.write("attack.safetensors", bytes)
    let error = try #require(toolError { _ = try SafetensorsFile(path: path) })
    #expect(error.status == .badData)
    #expect(error.position == SourcePosition(file: path))
    #expect(error.message.contains(message), "\(error.message)")
  }

  @Test func edgeCasesAreAccepted() throws {
    let header =
      #"{"__metadata__":{"k":"v"},"e":{"dtype":"F32","shape":[0,3],"data_offsets":[0,0]},"#
      + #""s":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"i":{"dtype":"I64","shape":[1],"data_offsets":[4,12]}}   "#
    let file = try SafetensorsFile(path: directory.write("edge.safetensors", safetensors(header, data: 12)))
    #expect(file.metadata == ["k": "v"])
    #expect(file.tensors.map(\.name) == ["e", "s", "i"])
    var output: [Float] = [0]
    try output.withUnsafeMutableBufferPointer { output in
      try file.read(#require(file.tensor(named: "e")), rows: 0..<0, into: output)
      try file.read(#require(file.tensor(named: "s")), rows: 0..<1, into: output)
    }
    #expect(output == [Float(bitPattern: 0x0302_0100)])
    let error = toolError {
      try output.withUnsafeMutableBufferPointer { output in
        try file.read(#require(file.tensor(named: "i")), rows: 0..<1, into: output)
      }
    }
    #expect(error?.message.contains("element type I64") == true)
    let empty = try SafetensorsFile(path: directory.write("empty.safetensors", safetensors("{}", data: 0)))
    #expect(empty.tensors.isEmpty)
  }

  @Test func writtenTensorsReadBack() throws {
    let path = "\(directory.path)/out.safetensors"
    let writer = try SafetensorsWriter(
      path: path,
      tensors: [
        .init(name: "z", shape: [2, 2]), .init(name: "half", shape: [3], type: .f16),
        .init(name: "a", shape: [1]),
        .init(name: "brain", shape: [3], type: .bf16), .init(name: "none", shape: [0, 4]),
      ])
    // The reference's order: the widest first, then by name; BF16 before F16.
    #expect(writer.tensors.map(\.name) == ["a", "none", "z", "brain", "half"])
    for values: [Float] in [[7], [], [1, -2, 3.5, .infinity], [1, 1.00390625, 3e38], [65_504, -6e-8, 0.1]] {
      try writer.write(values)
    }
    try writer.finish()
    let file = try SafetensorsFile(path: path)
    #expect(file.metadata == ["format": "pt"])
    #expect(file.tensors[0].range.lowerBound % 8 == 0 && file.tensors.count == 5)
    #expect(try read("z", file) == [1, -2, 3.5, .infinity])
    // 1.00390625 lies half-way between two bfloat16: to even.
    #expect(try read("brain", file) == [1, 1, Float(bitPattern: 0x7F62_0000)])
    #expect(try read("half", file) == [65_504, -0x1p-24, Float(bitPattern: 0x3DCC_C000)])
  }

  private func read(_ name: String, _ file: SafetensorsFile) throws -> [Float] {
    let tensor = try #require(file.tensor(named: name))
    var output = [Float](repeating: .nan, count: tensor.shape.reduce(1, *))
    try output.withUnsafeMutableBufferPointer { output in
      try file.read(tensor, rows: 0..<tensor.shape.dropLast().reduce(1, *), into: output)
    }
    return output
  }
}
