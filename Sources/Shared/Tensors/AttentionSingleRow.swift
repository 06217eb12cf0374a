/// Attention of one query row, which is what a branch being generated is: the heads of a group read each key and value
/// once, without the set-up of a matrix product. `queries` holds `group` heads of `d` floats one after the other, as
/// does `output`; `scores` is memory for `group` rows of `scoreStride` floats.
func attendSingleRow(
  queries: UnsafePointer<Float>, group: Int, d: Int, scale: Float, keys: Matrix, values: Matrix, column: Int,
  spans: [Range<Int>], scoreStride stride: Int, scores: UnsafeMutablePointer<Float>,
  output: UnsafeMutablePointer<Float>
) {
  var place = 0
  for span in spans {
    for row in span {
      let key = UnsafePointer(keys.row(row) + column)
      for head in 0..<group {
        scores[head &* stride &+ place] = dotProduct(queries + head &* d, key, count: d) * scale
      }
      place &+= 1
    }
  }
  for head in 0..<group { softmax(scores + head * stride, visible: place, stride: stride) }
  // Sixteen columns at a time, whose sums stay in registers.
  var start = 0
  while start &+ 16 <= d {
    for head in 0..<group {
      let weights = scores + head &* stride
      var sum = Vector()
      var place = 0
      for span in spans {
        for row in span {
          sum.addProduct(
            UnsafePointer(values.row(row) + column).vector(at: start), Vector(repeating: weights[place]))
          place &+= 1
        }
      }
      output.store(sum, at: head &* d &+ start)
    }
    start &+= 16
  }
  while start < d {
    for head in 0..<group {
      var sum: Float = 0
      var place = 0
      for span in spans {
        for row in span {
          sum += values.row(row)[column + start] * scores[head &* stride &+ place]
          place &+= 1
        }
      }
      output[head &* d &+ start] = sum
    }
    start &+= 1
  }
}
