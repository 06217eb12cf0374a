import Glibc
import KernelChoice

/// Rotary position embedding (Su et al., arXiv:2104.09864) in the form of Hugging Face checkpoints: dimension
/// i turns with dimension i + d/2 of the same head.
public final class RotaryTable {
  /// Half of the head's dimension.
  public let half: Int
  private let frequencies: [Float]
  /// Positions covered so far.
  private var length = 0
  private var cosines = FloatStorage(count: 0)
  private var sines = FloatStorage(count: 0)

  /// `frequencies` holds the d/2 angles that a position adds, in radians.
  public init(frequencies: [Float]) {
    self.frequencies = frequencies
    half = frequencies.count
  }

  /// Makes the table cover positions `0..<needed`; a checkpoint's context may be far longer than any prompt.
  /// Called before a team of threads turns rows.
  public func reserve(_ needed: Int) {
    if needed <= length { return }
    length = max(needed, 2 * length, 512)
    cosines = FloatStorage(count: length * half)
    sines = FloatStorage(count: length * half)
    for position in 0..<length {
      for index in 0..<half {
        let angle = Float(position) * frequencies[index]
        cosines.base[position * half + index] = cosf(angle)
        sines.base[position * half + index] = sinf(angle)
      }
    }
  }

  /// Turns `heads` heads of each row of `x` ([rows × ≥ heads·d], in place) by its position; `backward` turns
  /// the other way, which is the gradient.
  public func apply(
    to x: Matrix, heads: Int, positions: [Int32], backward: Bool = false, workers: Workers
  ) {
    precondition(positions.count == x.rows, "a position a row")
    reserve(Int(positions.max() ?? 0) + 1)
    workers.forEachRange(of: x.rows, length: 32) { rows, _ in
      apply(to: x.rows(rows), heads: heads, positions: positions[rows], backward: backward)
    }
  }

  /// The same on the calling thread, where the table covers the positions already.
  public func apply(to x: Matrix, heads: Int, positions: ArraySlice<Int32>, backward: Bool = false) {
    precondition(positions.count == x.rows && x.columns >= heads * half * 2, "shapes agree")
    for (row, position) in positions.enumerated() {
      precondition(position < length, "the table covers the position")
      kernels.rotate(
        x.row(row), heads: heads, half: half, cosines: cosines.base + Int(position) * half,
        sines: sines.base + Int(position) * half, backward: backward)
    }
  }
}
