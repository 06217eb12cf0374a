/// How a training pass uses the memory that it may take: how large packs are, and of how many layers it holds the
/// activations.
public struct ActivationPlan: Equatable, Sendable {
  /// Distinct tokens at which a pack is full; one example may be longer.
  public let packRows: Int
  /// The last layers, whose activations are held; those of the others are computed again in the backward pass. At
  /// least 1.
  public let heldLayers: Int
  /// What the pass takes at most.
  public let bytes: Int

  /// Packs of `packRows`, with as many layers held as `budget` bytes have room for; nil where not one has.
  /// - Parameters:
  ///   - longest: tokens of the longest example.
  ///   - hasTeacher: whether a teacher's logits are held beside the model's.
  public init?(
    _ sizes: ActivationSizes, packRows: Int, longest: Int, hasTeacher: Bool = false, budget: Int
  ) {
    let rows = max(packRows, longest)
    func bytes(_ heldLayers: Int) -> Int {
      sizes.bytes(rows: rows, heldLayers: heldLayers, hasTeacher: hasTeacher)
    }
    let room = budget - bytes(0)
    guard room >= 0 else { return nil }
    heldLayers = min(max(1, sizes.layerCount), room / max(1, bytes(1) - bytes(0)))
    guard heldLayers >= 1 else { return nil }
    self.packRows = packRows
    self.bytes = bytes(heldLayers)
  }

  /// Packs of `usualRows` where they fit, else the largest that do, with one layer held; nil where not even the
  /// longest example fits. Layers are given up before rows: a layer that is computed again changes no number, and
  /// packs change sums in their last bits.
  public static func fitting(
    _ sizes: ActivationSizes, usualRows: Int, longest: Int, hasTeacher: Bool = false, budget: Int
  ) -> Self? {
    func plan(_ packRows: Int) -> Self? {
      Self(sizes, packRows: packRows, longest: longest, hasTeacher: hasTeacher, budget: budget)
    }
    if let plan = plan(usualRows) { return plan }
    let empty = sizes.bytes(rows: 0, heldLayers: 1, hasTeacher: hasTeacher)
    let row = sizes.bytes(rows: 1, heldLayers: 1, hasTeacher: hasTeacher) - empty
    // Whole blocks of rows, which products take together.
    return plan(min(usualRows, max(longest, (budget - empty) / row / 16 * 16)))
  }
}
