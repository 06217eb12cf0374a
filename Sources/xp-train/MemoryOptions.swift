import ArgumentParser
import CommandSupport
import Streams
import Tensors
import Training
import Transformer

/// How much memory a run may take.
struct MemoryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Resident memory to stay below, such as 12G or 800M; by default nine tenths of what the process may use. Where it is short, "
        + "activations are computed again, and packs are smaller.",
      valueName: "size"))
  var memory: ByteCount?

  /// Chooses what is held, and how large packs are.
  /// - Parameters:
  ///   - memory: what is needed beside activations.
  ///   - packRows: distinct tokens of a pack; nil where they can be chosen.
  ///   - longest: tokens of the longest example.
  /// - Throws: `ToolError` (64) where there is not enough for that.
  func plan(
    _ memory: TrainingMemory, _ sizes: ActivationSizes, packRows: Int?, longest: Int, hasTeacher: Bool
  ) throws(ToolError) -> MemoryPlan {
    let budget = self.memory?.bytes ?? MemoryAllowance.ofThisProcess.bytes / 10 * 9
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
        (self.memory.map { "--memory \($0)" } ?? "this process may use \(ByteCount(budget))")
          + ": at least \(ByteCount(memory.total)) are needed (\(memory.text))"
          + (self.memory == nil ? "; --memory SIZE plans for more" : ""))
    }
    memory.activations = plan.bytes
    let oneLayer = sizes.bytes(rows: max(plan.packRows, longest), heldLayers: 1, hasTeacher: hasTeacher)
    return MemoryPlan(
      budget: budget, memory: memory, least: memory.total - plan.bytes + oneLayer, activations: plan,
      layerCount: sizes.layerCount, isWanted: self.memory != nil)
  }
}

/// How a run uses memory.
struct MemoryPlan {
  /// Bytes.
  let budget: Int
  let memory: TrainingMemory
  /// Bytes that packs of this size need, with the activations of one layer held.
  let least: Int
  let activations: ActivationPlan
  let layerCount: Int
  /// Whether the user asked for it.
  let isWanted: Bool

  /// For the manifest; all sizes are bytes.
  var record: JSONObject {
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
  var line: String? {
    let isShort =
      activations.heldLayers < layerCount || activations.packRows < Optimization.usualPackRows
    guard isWanted || isShort else { return nil }
    return
      "memory: \(ByteCount(memory.total)) planned of \(ByteCount(budget)): \(memory.text); activations of "
      + "\(activations.heldLayers) of \(layerCount) layers held, packs of \(activations.packRows) tokens; "
      + "at least \(ByteCount(least))"
  }
}
