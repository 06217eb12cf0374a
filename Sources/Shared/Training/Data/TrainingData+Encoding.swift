import Cases
import Streams

extension TrainingData {
  /// The examples as tokens: those that are trained on, and those of the evaluation. If any example of a record does
  /// not fit the model, the whole record is set aside; its labels stay counted.
  /// Throws `ToolError`, as `RejectPolicy.reject`, and (65) where nothing is left to train on.
  public mutating func encode(
    rejects: RejectPolicy, _ encode: (TrainingExample) throws(ToolError) -> [EncodedExample]
  ) throws(ToolError) -> (training: [[EncodedExample]], evaluation: [EncodedExample]) {
    let training = try Self.encode(examples, origins.examples, rejects: rejects, encode)
    let followed = try Self.encode(evaluation, origins.evaluation, rejects: rejects, encode)
    keep(training.kept, followed.kept, rejected: training.rejected + followed.rejected)
    guard !training.encoded.isEmpty || examples.isEmpty && counts.rejected == 0 else {
      throw .badData("no examples to train on: no line fits the checkpoint")
    }
    return (training.encoded, followed.encoded.flatMap { $0 })
  }

  private static func encode(
    _ examples: [TrainingExample], _ lines: [[UInt8]], rejects: RejectPolicy,
    _ encode: (TrainingExample) throws(ToolError) -> [EncodedExample]
  ) throws(ToolError) -> (encoded: [[EncodedExample]], kept: [Int], rejected: Int) {
    var encoded: [[EncodedExample]] = []
    var kept: [Int] = []
    var rejected = 0
    var next = 0
    while next < examples.count {
      // The examples of a record follow each other, and share its group.
      let first = next
      while next < examples.count, lines[next] == lines[first], examples[next].group == examples[first].group
      {
        next += 1
      }
      do throws(ToolError) {
        encoded += try examples[first..<next].map { example throws(ToolError) in try encode(example) }
        kept += first..<next
      } catch {
        try rejects.reject(lines[first], error)
        rejected += 1
      }
    }
    return (encoded, kept, rejected)
  }
}
