import Checkpoints
import Streams
import TestSupport
import Testing

@Suite struct DequantizationTests {
  /// gguf's own dequantize made the expected values (Tests/Fixtures/make_dequantization_fixture.py).
  @Test(arguments: ["F16", "BF16", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "Q4_K", "Q5_K", "Q6_K"])
  func equalsTheReferenceToTheLastBit(_ type: String) throws {
    let file = try GGUFFile(path: fixture("dequantization.gguf"))
    let tensor = try #require(file.tensor(named: type))
    let reference = try #require(file.tensor(named: "\(type).expected"))
    #expect(tensor.type.name == type)
    #expect(tensor.shape == reference.shape)
    let expected = values(of: reference, in: file, rows: 0..<reference.rows)
    #expect(Set(expected).count > tensor.rows)
    #expect(values(of: tensor, in: file, rows: 0..<tensor.rows) == expected)
    // A range of rows is the same part of the whole.
    #expect(
      values(of: tensor, in: file, rows: 3..<5)
        == Array(expected[(3 * tensor.columns)..<(5 * tensor.columns)]))
  }

  /// The bit patterns of rows: -0 and 0 differ, as they must.
  private func values(of tensor: GGUFTensor, in file: GGUFFile, rows: Range<Int>) -> [UInt32] {
    var output = [Float](repeating: .nan, count: rows.count * tensor.columns)
    output.withUnsafeMutableBufferPointer { file.read(tensor, rows: rows, into: $0) }
    return output.map(\.bitPattern)
  }

  #if !(os(macOS) && arch(x86_64))
    /// All 65,536 halves, infinities and NaN included, against the compiler's conversion.
    @Test func everyHalf() throws {
      var builder = GGUFBuilder()
      var bytes: [UInt8] = []
      for half in UInt16.min...UInt16.max { bytes.append(little: half) }
      builder.tensors = [.init(name: "halves", dimensions: [256, 256], type: 1, bytes: bytes)]
      let directory = try TemporaryDirectory()
      let file = try GGUFFile(path: directory.write("halves.gguf", builder.build()))
      var output = [Float](repeating: 0, count: 65_536)
      output.withUnsafeMutableBufferPointer { file.read(file.tensors[0], rows: 0..<256, into: $0) }
      let wrong = (UInt16.min...UInt16.max).filter { half in
        let expected = Float(Float16(bitPattern: half))
        let value = output[Int(half)]
        return value.bitPattern != expected.bitPattern && !(value.isNaN && expected.isNaN)
      }
      #expect(wrong.isEmpty)
    }
  #endif
}
