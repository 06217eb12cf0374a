/// How a step is cut into parts that processes share: a function of the step alone, so that its sums, which are
/// made slice by slice, have the same bits whoever computes them.
struct StepSlices {
  /// Slices of a step; a power of two.
  let count: Int

  /// Slices that each process of a group computes.
  func share(of processes: Int) -> Int { count / processes }

  /// The examples in runs of about as many tokens each. Where there are few examples, some are empty.
  func cut(_ examples: [EncodedExample]) -> [ArraySlice<EncodedExample>] {
    let total = examples.reduce(0) { $0 + $1.tokens.count }
    var (end, tokens) = (0, 0)
    return (1...count).map { slice in
      let start = end
      // The example in which a slice would end goes to the side on which most of it lies.
      while end < examples.count,
        slice == count || (2 * tokens + examples[end].tokens.count) * count <= 2 * slice * total
      {
        tokens += examples[end].tokens.count
        end += 1
      }
      return examples[start..<end]
    }
  }
}
