import Streams

/// The losses of one training run, from its metrics.jsonl, in bounded memory.
public struct TrainingCurves: Sendable {
  /// The file, as the user gave it.
  public let path: String
  /// In the order of appearance: `loss`, the parts of `losses`, `eval_loss`.
  package private(set) var curves: [(name: String, curve: BinnedCurve)] = []

  /// More kinds of loss than this are a mistake.
  static let limit = 6

  /// Throws `ToolError`: 66 for a file that is missing, 65 with file and line for a line that is no metrics.
  public init(path: String) throws(ToolError) {
    self.path = path
    let reader = try RecordReader(paths: [path])
    while let line = try reader.next({ (record) throws(ToolError) in try Self.losses(record.object) }) {
      for loss in line.losses { add(loss.name, step: line.step, loss.value) }
    }
  }

  private mutating func add(_ name: String, step: Int, _ value: Double) {
    if let index = curves.firstIndex(where: { $0.name == name }) {
      curves[index].curve.add(step: step, value)
    } else if curves.count < Self.limit {
      var curve = BinnedCurve()
      curve.add(step: step, value)
      curves.append((name, curve))
    }
  }

  private static func losses(_ line: JSONObject) throws(ToolError) -> (
    step: Int, losses: [(name: String, value: Double)]
  ) {
    let step = try line.integer("step")
    guard (0...999_999_999_999).contains(step) else { throw .badData("step is \(step), expected a count") }
    var losses: [(name: String, value: Double)] = []
    for name in ["loss", "eval_loss"] {
      if let value = line[name]?.number { losses.append((name, value)) }
    }
    for part in line["losses"]?.object?.members ?? [] {
      if let value = part.value.number { losses.append((part.key, value)) }
    }
    return (step, losses)
  }
}

/// Values by step, as means of bins that widen as the steps grow.
package struct BinnedCurve: Sendable {
  /// The most bins, more than a chart can show.
  package static let limit = 400

  private struct Bin: Sendable {
    var steps = 0.0
    var values = 0.0
    var count = 0.0
  }

  /// Steps a bin.
  package private(set) var width = 1
  private var bins: [Bin] = []

  package init() {}

  /// - Parameter step: not negative.
  package mutating func add(step: Int, _ value: Double) {
    while step / width >= Self.limit { widen() }
    let index = step / width
    while bins.count <= index { bins.append(Bin()) }
    bins[index].steps += Double(step)
    bins[index].values += value
    bins[index].count += 1
  }

  private mutating func widen() {
    width *= 2
    bins = stride(from: 0, to: bins.count, by: 2).map { index in
      guard index + 1 < bins.count else { return bins[index] }
      let (left, right) = (bins[index], bins[index + 1])
      return Bin(
        steps: left.steps + right.steps, values: left.values + right.values, count: left.count + right.count)
    }
  }

  package var points: [ChartPoint] {
    bins.filter { $0.count > 0 }.map { ChartPoint(x: $0.steps / $0.count, y: $0.values / $0.count) }
  }
}
