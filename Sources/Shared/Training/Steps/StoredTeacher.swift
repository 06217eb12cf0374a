import Checkpoints
import Streams
import Tensors
import Transformer

/// A checkpoint all of whose weights are about to change: its states are computed before the first step and
/// kept on disk, for every example that asks for them; its head is kept in memory.
public final class StoredTeacher: Teacher {
  /// A copy of the head as it was.
  public let head: LinearWeight
  private let file: SafetensorsFile
  private let tensor: SafetensorsTensor
  /// Of an example's first scored token; equal examples have the same rows.
  private let firstRows: [Key: Int]
  private var storage = FloatStorage(count: 0)

  private struct Key: Hashable {
    let tokens: [Int32]
    let firstScored: Int

    init(_ example: EncodedExample) { (tokens, firstScored) = (example.tokens, example.firstScored) }
  }

  private static let tensorName = "states"

  /// Uses the states in the file at `path` where it holds as many as there must be, and else computes and
  /// writes them.
  /// - Parameters:
  ///   - decoder: with the weights as they are before training.
  ///   - head: its head, [vocabulary × hidden], which is copied.
  ///   - precision: that of its products.
  ///   - examples: all that may ever be asked for.
  ///   - progress: told of so many more examples that are done.
  /// - Throws: `ToolError`: 130 where it is interrupted, 73 and 74 where the file cannot be written, 65
  ///   where it is broken.
  public init(
    path: String, decoder: Decoder, head: Matrix, precision: ProductPrecision, examples: [EncodedExample],
    mayWrite: Bool = true, progress: (_ examples: Int) -> Void
  ) throws(ToolError) {
    var firstRows: [Key: Int] = [:]
    var distinct: [EncodedExample] = []
    var rows = 0
    for example in examples where example.isDistilled && firstRows[Key(example)] == nil {
      firstRows[Key(example)] = rows
      rows += example.scoredCount
      distinct.append(example)
    }
    self.firstRows = firstRows
    guard
      let copy = LinearWeight.frozen(copying: head, Numerics(precision: precision), hasBackward: false)
    else { preconditionFailure("the decoder has such products") }
    self.head = copy
    let shape = [rows, decoder.configuration.hiddenSize]
    if mayWrite, try Self.tensor(in: path, shape: shape) == nil {
      try Self.write(path, shape: shape, decoder: decoder, examples: distinct, progress: progress)
    }
    guard let (file, tensor) = try Self.tensor(in: path, shape: shape) else {
      throw .badData(
        mayWrite
          ? "does not hold the states that were written"
          : "does not hold the states that the first process wrote",
        at: SourcePosition(file: path))
    }
    (self.file, self.tensor) = (file, tensor)
  }

  /// Reads the rows of the file.
  public func states(for examples: [EncodedExample]) throws(ToolError) -> (states: Matrix, rows: [Int]) {
    let count = examples.reduce(0) { $0 + $1.scoredCount }
    let hidden = head.inputs
    if storage.count < count * hidden { storage = FloatStorage(count: 2 * count * hidden) }
    var row = 0
    for example in examples {
      guard let first = firstRows[Key(example)] else { preconditionFailure("all examples were named") }
      let values = storage.buffer[row * hidden..<(row + example.scoredCount) * hidden]
      try file.read(
        tensor, rows: first..<first + example.scoredCount, into: UnsafeMutableBufferPointer(rebasing: values))
      row += example.scoredCount
    }
    return (storage.matrix(rows: count, columns: hidden), Array(0..<count))
  }

  /// The file with its states; nil where there is none, or it is of other examples.
  private static func tensor(
    in path: String, shape: [Int]
  ) throws(ToolError) -> (SafetensorsFile, SafetensorsTensor)? {
    do throws(ToolError) {
      let file = try SafetensorsFile(path: path)
      guard let tensor = file.tensor(named: tensorName), tensor.shape == shape else { return nil }
      return (file, tensor)
    } catch {
      guard error.status == .missingInput else { throw error }
      return nil
    }
  }

  private static func write(
    _ path: String, shape: [Int], decoder: Decoder, examples: [EncodedExample],
    progress: (_ examples: Int) -> Void
  ) throws(ToolError) {
    let writer = try SafetensorsWriter(
      path: path, tensors: [SafetensorsWriter.Tensor(name: tensorName, shape: shape)])
    let reader = StateReader(decoder: decoder)
    // Its states are a view, which does not keep it.
    defer { withExtendedLifetime(reader) {} }
    var rest = examples[...]
    while !rest.isEmpty {
      let pack = TrainingPack(taking: &rest, rowBudget: Optimization.usualPackRows)
      let (states, rows) = try reader.states(of: pack.distilled.map(\.scoredPrefixes))
      for row in rows {
        try writer.write(UnsafeBufferPointer(start: states.row(row), count: states.columns))
      }
      progress(pack.distilled.count)
    }
    try writer.finish()
  }
}
