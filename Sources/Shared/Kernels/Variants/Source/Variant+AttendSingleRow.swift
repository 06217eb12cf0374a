import KernelInterface

extension Variant {
  /// See `Kernels`.
  public func attendSingleRow(
    queries: UnsafePointer<Float>, group: Int, d: Int, scale: Float, keys: Matrix, values: Matrix,
    column: Int,
    spans: [Range<Int>], scoreStride stride: Int, scores: UnsafeMutablePointer<Float>,
    output: UnsafeMutablePointer<Float>
  ) {
    for head in 0..<group {
      let query = queries + head * d
      let row = scores + head * stride
      var place = 0
      for span in spans {
        var key = UnsafePointer(keys.row(span.lowerBound) + column)
        for _ in 0..<span.count {
          row[place] = dotProduct(query, key, count: d) * scale
          place &+= 1
          key += keys.stride
        }
      }
      softmaxRow(row, visible: 0..<place, stride: stride)
      var start = 0
      while start &+ 64 <= d {
        weightedSum64(row, values, column + start, spans, into: output + head * d + start)
        start &+= 64
      }
      while start < d {
        output[head * d + start] = weightedSum(row, values, column + start, spans)
        start &+= 1
      }
    }
  }
}

/// Σ weight·value over the rows of the spans, for 64 columns whose sums stay in registers.
@inline(__always) private func weightedSum64(
  _ weights: UnsafePointer<Float>, _ values: Matrix, _ column: Int, _ spans: [Range<Int>],
  into output: UnsafeMutablePointer<Float>
) {
  var (a, b, c, e) = (Vector(), Vector(), Vector(), Vector())
  var place = 0
  for span in spans {
    var value = UnsafePointer(values.row(span.lowerBound) + column)
    for _ in 0..<span.count {
      let weight = Vector(repeating: weights[place])
      a.add(value.vector(at: 0), times: weight)
      b.add(value.vector(at: 16), times: weight)
      c.add(value.vector(at: 32), times: weight)
      e.add(value.vector(at: 48), times: weight)
      place &+= 1
      value += values.stride
    }
  }
  output.store(a, at: 0)
  output.store(b, at: 16)
  output.store(c, at: 32)
  output.store(e, at: 48)
}

/// The same for one column.
private func weightedSum(
  _ weights: UnsafePointer<Float>, _ values: Matrix, _ column: Int, _ spans: [Range<Int>]
) -> Float {
  var sum: Float = 0
  var place = 0
  for span in spans {
    for row in span {
      sum += values.row(row)[column] * weights[place]
      place &+= 1
    }
  }
  return sum
}
