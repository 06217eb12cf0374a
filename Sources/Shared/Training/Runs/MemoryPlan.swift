import Streams
import Tensors
import Transformer

/// How a run uses memory: what is held, and how large packs are.
public struct MemoryPlan {
  /// Bytes to stay below.
  let budget: Int
  let memory: TrainingMemory
  /// Bytes that packs of this size need, with the activations of one layer held.
  let least: Int
  /// The packs, and the layers whose activations are held.
  public let activations: ActivationPlan
  let layerCount: Int
  /// Whether the user asked for it.
  let isWanted: Bool

  /// Chooses what fits.
  /// - Parameters:
  ///   - memory: what is needed beside activations.
  ///   - packRows: distinct tokens of a pack; nil where they can be chosen.
  ///   - longest: tokens of the longest example.
  ///   - limit: what the user allows (`--memory`); nil for nine tenths of what the process may use.
  /// - Throws: `ToolError` (64) where there is not enough for that.
  public init(
    _ memory: TrainingMemory, _ sizes: ActivationSizes, packRows: Int?, longest: Int, hasTeacher: Bool,
    limit: ByteCount?
  ) throws(ToolError) {
    let budget = limit?.bytes ?? MemoryAllowance.ofThisProcess.bytes / 10 * 9
    let room = budget - memory.total
    let plan =
      if let packRows {
        ActivationPlan(sizes, packRows: packRows, longest: longest, hasTeacher: hasTeacher, budget: room)
      } else {
        ActivationPlan.fitting(
          sizes, usualRows: Optimization.usualPackRows, longest: longest, hasTeacher: hasTeacher, budget: room
        )
      }
    var memory = memory
    guard let plan else {
      memory.activations = sizes.bytes(
        rows: max(packRows ?? 0, longest), heldLayers: 1, hasTeacher: hasTeacher)
      throw ToolError(
        .usage,
        (limit.map { "--memory \($0)" } ?? "this process may use \(ByteCount(budget))")
          + ": at least \(ByteCount(memory.total)) are needed (\(memory.text))"
          + (limit == nil ? "; --memory SIZE plans for more" : ""))
    }
    memory.activations = plan.bytes
    let oneLayer = sizes.bytes(rows: max(plan.packRows, longest), heldLayers: 1, hasTeacher: hasTeacher)
    self.budget = budget
    self.memory = memory
    least = memory.total - plan.bytes + oneLayer
    activations = plan
    layerCount = sizes.layerCount
    isWanted = limit != nil
  }

  /// For the manifest; all sizes are bytes.
  public var record: JSONObject {
    var record: JSONObject = [
      "budget": .integer(budget), "planned": .integer(memory.total), "least": .integer(least),
    ]
    for part in memory.parts { record[part.name] = .integer(part.bytes) }
    record["layers"] = .integer(layerCount)
    record["held_layers"] = .integer(activations.heldLayers)
    record["pack_tokens"] = .integer(activations.packRows)
    return record
  }

  /// What is said at the start: where the user asked for it, or the run will be slower for want of memory.
  public var line: String? {
    let isShort =
      activations.heldLayers < layerCount || activations.packRows < Optimization.usualPackRows
    guard isWanted || isShort else { return nil }
    return
      "memory: \(ByteCount(memory.total)) planned of \(ByteCount(budget)): \(memory.text); activations of "
      + "\(activations.heldLayers) of \(layerCount) layers held, packs of \(activations.packRows) tokens; "
      + "at least \(ByteCount(least))"
  }
}
