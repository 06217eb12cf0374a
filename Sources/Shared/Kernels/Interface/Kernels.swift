/// The inner loops of products and layers, as one variant of them is compiled for a kind of processor. Each call
/// does a tile, a range of rows or a task on the calling thread, so that the call itself costs nothing beside the
/// work. Sums are made in an order that the shape fixes. Variants that multiply and add in one rounding
/// (`fusesProducts`) give the same bits.
public protocol Kernels: Sendable {
  /// What `--cpu` calls the variant, such as `x86-64-v3`.
  var name: String { get }
  /// Whether a multiplication with an addition is one instruction, rounded once.
  var fusesProducts: Bool { get }
  /// Columns of a panel: as many as sums of some rows are kept in registers for.
  var panelWidth: Int { get }

  // Products

  /// y = scale·x·w, or y += scale·x·w: w [depth × columns], y [rows × columns], in whole vectors of columns. Both
  /// factors are read where they lie.
  func multiply(
    rows: Int, columns: Int, depth: Int, scale: Float, _ x: BroadcastFactor, _ w: UnsafePointer<Float>,
    _ wStride: Int, accumulate: Bool, _ y: UnsafeMutablePointer<Float>, _ yStride: Int)
  /// Writes sourceᵀ: source [rows × columns], target [columns × rows].
  func transpose(_ source: Matrix, into target: Matrix)

  // Narrow numbers

  /// Rounds to bfloat16, the upper half of a 32-bit float: to nearest, ties to even. NaN is not expected.
  func roundToBFloat16(_ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<UInt16>, count: Int)
  /// Writes bfloat16 as the 32-bit floats that they are.
  func widenBFloat16(_ x: UnsafePointer<UInt16>, into y: UnsafeMutablePointer<Float>, count: Int)
  /// Rounds each column of x [rows × columns] to whole multiples of its scale, which is its greatest magnitude over
  /// 127: to nearest, ties to even. In whole vectors of columns; NaN is not expected.
  func roundToInt8(
    _ x: UnsafePointer<Float>, rows: Int, columns: Int, into y: UnsafeMutablePointer<Int8>,
    scales: UnsafeMutablePointer<Float>)
  /// Writes such multiples, x [rows × columns] times the scales of its columns.
  func widenInt8(
    _ x: UnsafePointer<Int8>, rows: Int, columns: Int, scales: UnsafePointer<Float>,
    into y: UnsafeMutablePointer<Float>)

  // Sums

  /// y += x.
  func add(_ x: Matrix, to y: Matrix)
  /// Adds `vector` [1 × width] to every row of y [rows × width].
  func add(vector: Matrix, toRowsOf y: Matrix)
  /// Adds all rows of x [rows × width], in order, to `sum` [1 × width].
  func addRows(of x: Matrix, to sum: Matrix)
  /// In blocks of a fixed length, added in order in double precision.
  func sumOfSquares(_ values: UnsafePointer<Float>, count: Int) -> Double

  // Layers

  /// y = norm(x): [rows × width]. y may be x.
  func rmsNormForward(_ x: Matrix, _ norm: RMSNorm, into y: Matrix)
  /// Adds the gradient of x to `dx`: all [rows × width].
  func rmsNormBackward(dy: Matrix, x: Matrix, _ norm: RMSNorm, addingTo dx: Matrix)
  /// 1/√(mean(x²) + ε) of each row.
  func inverseRootMeanSquares(of x: Matrix, epsilon: Float, into inverses: UnsafeMutablePointer<Float>)
  /// Adds the gradient of these columns of a norm's weight, given the inverses of all rows, to `dweight`.
  func rmsNormWeightBackward(
    dy: Matrix, x: Matrix, inverses: UnsafePointer<Float>, columns: Range<Int>, addingTo dweight: Matrix)
  /// y = f(gate) ∘ up, with both in `gateUp` [rows × 2·width], gate first; y: [rows × width].
  func gatedActivationForward(_ gateUp: Matrix, _ function: GateFunction, into y: Matrix)
  /// Overwrites `gateUp` with its gradient, given `dy` [rows × width].
  func gatedActivationBackward(dy: Matrix, _ function: GateFunction, replacing gateUp: Matrix)
  /// Turns `heads` heads of 2·half floats in one row, each dimension i with i + half, by angles whose cosines and
  /// sines are given; `backward` turns the other way.
  func rotate(
    _ row: UnsafeMutablePointer<Float>, heads: Int, half: Int, cosines: UnsafePointer<Float>,
    sines: UnsafePointer<Float>, backward: Bool)

  // Attention

  /// Softmax in place of the scores that the rows of a block see, in rows of `stride` floats, heads of a group
  /// below each other; what a row does not see becomes zero.
  func softmax(_ scores: UnsafeMutablePointer<Float>, rows: Int, stride: Int, of block: QueryBlock)
  /// Softmax of scores as above, and its gradient: P ∘ (dP − rowsum(dP ∘ P)) in place of dP.
  func softmaxBackward(
    _ scores: UnsafeMutablePointer<Float>, replacing gradients: UnsafeMutablePointer<Float>, rows: Int,
    stride: Int, of block: QueryBlock)
  /// Attention of one query row, which is what a branch being generated is, without the set-up of matrix products.
  /// `queries` holds `group` heads of `d` floats one after the other, as does `output`; `scores` is memory for
  /// `group` rows of `scoreStride` floats. Keys and values start at `column` of their rows.
  func attendSingleRow(
    queries: UnsafePointer<Float>, group: Int, d: Int, scale: Float, keys: Matrix, values: Matrix,
    column: Int,
    spans: [Range<Int>], scoreStride: Int, scores: UnsafeMutablePointer<Float>,
    output: UnsafeMutablePointer<Float>)

  // Rows of logits

  /// log Σ exp.
  func logSumExp(_ logits: UnsafePointer<Float>, count: Int) -> Float
  /// Puts scale·exp(logit − normaliser) in place of each logit.
  func scaleProbabilities(
    replacing logits: UnsafeMutablePointer<Float>, count: Int, normaliser: Float, scale: Float)
  /// The divergence of a student's row of logits from a teacher's, whose gradient by the student's logits, times
  /// `weight`, takes the place of the teacher's.
  func divergenceBackward(
    student: UnsafePointer<Float>, replacing teacher: UnsafeMutablePointer<Float>, count: Int,
    _ divergence: Divergence, weight: Float
  ) -> Float

  // Optimization

  /// One update of `count` parameters by AdamW.
  func updateByAdamW(
    parameters: UnsafeMutablePointer<Float>, gradients: UnsafePointer<Float>,
    firstMoment: UnsafeMutablePointer<Float>, secondMoment: UnsafeMutablePointer<Float>, count: Int,
    _ step: AdamWStep)
}
