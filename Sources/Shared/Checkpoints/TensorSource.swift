import Streams

/// A model's weights as the model loader sees them, whatever the file format: Hugging Face tensor names
/// (`model.layers.0.self_attn.q_proj.weight`), torch shapes and row order, Float32 values.
///
/// All tensors of the configuration are there with the right shape: that is checked on opening.
public protocol TensorSource: Sendable {
  /// The file or directory as the user gave it.
  var path: String { get }
  /// The sizes and constants that the tensors fit.
  var configuration: ModelConfiguration { get }

  /// The row-major shape of a tensor, nil where there is none of that name.
  func shape(of name: String) -> [Int]?

  /// Reads rows (of the product of all dimensions but the last; a vector is one row) into the start of `output`,
  /// which must hold `rows.count × shape.last` floats. Safe to call from several threads.
  /// Throws `ToolError` (65) where there is no such tensor.
  func read(_ name: String, rows: Range<Int>, into output: UnsafeMutableBufferPointer<Float>)
    throws(ToolError)
}

extension TensorSource {
  /// The names and shapes of the tensors that make up the model, in a fixed order.
  public var modelTensors: [(name: String, shape: [Int])] {
    configuration.architecture.layout.tensors(of: configuration).map { ($0.name, $0.shape) }
  }

  /// Reads a whole tensor.
  public func read(_ name: String) throws(ToolError) -> [Float] {
    guard let shape = shape(of: name) else { throw missing(name) }
    let count = shape.reduce(1, *)
    let rows = shape.dropLast().reduce(1, *)
    var result = [Float](repeating: 0, count: count)
    // `withUnsafeMutableBufferPointer` rethrows untyped, so the error is carried out by hand.
    var failure: ToolError?
    result.withUnsafeMutableBufferPointer { output in
      do throws(ToolError) { try read(name, rows: 0..<rows, into: output) } catch { failure = error }
    }
    if let failure { throw failure }
    return result
  }

  /// Throws `ToolError` (65) naming a tensor of which these are values, where one of them is no number.
  public func checkFinite(_ values: UnsafeMutableBufferPointer<Float>, of name: String) throws(ToolError) {
    guard !values.areFinite else { return }
    throw .badData(
      "tensor \"\(name)\" has a value that is no number (NaN or infinite)", at: SourcePosition(file: path))
  }

  func missing(_ name: String) -> ToolError {
    .badData("has no tensor \"\(name)\"", at: SourcePosition(file: path))
  }
}

/// Holds what a file has against what the architecture needs. Throws `ToolError` (65) naming the first tensor that is
/// missing, of another shape, or unknown to the architecture: a bias left out would change the model silently.
func checkTensors(
  of configuration: ModelConfiguration, storedNames: [String], shape: (String) -> [Int]?,
  fileName: (TensorLayout) -> String
) throws(ToolError) {
  let layout = configuration.architecture.layout
  var expected = Set<String>()
  for tensor in layout.tensors(of: configuration) {
    let name = fileName(tensor)
    expected.insert(name)
    guard let found = shape(name) else { throw .badData("has no tensor \"\(name)\"") }
    guard found == tensor.shape else {
      throw .badData("tensor \"\(name)\" has the shape \(found), expected \(tensor.shape)")
    }
  }
  for name in storedNames where !expected.contains(name) && !layout.isIgnorable(name) {
    throw .badData(
      "has the tensor \"\(name)\", which the \(configuration.architecture.rawValue) architecture as supported "
        + "does not use")
  }
}
