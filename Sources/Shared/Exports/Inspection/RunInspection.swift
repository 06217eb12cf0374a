import Streams
import Training

/// A run: what it trains, how far it is, and what its last losses were.
func inspectRun(_ run: StoredRun) throws(ToolError) -> Inspected {
  let configuration = run.configuration
  let metrics = try run.lastMetrics()
  var members: JSONObject = [
    "method": .string(run.method.rawValue),
    "steps_done": metrics.training?["step"] ?? 0, "steps": configuration["steps"] ?? .null,
    "complete": .bool(run.isComplete), "loss": metrics.training?["loss"] ?? .null,
    "losses": metrics.training?["losses"] ?? .null, "eval_loss": metrics.evaluation?["eval_loss"] ?? .null,
  ]
  for key in ["rank", "alpha", "modules", "lr", "batch_size", "examples", "target", "behave_as", "seed"] {
    members[key] = configuration[key] ?? .null
  }
  // One text, as peft_trainer.py takes it.
  if let modules = members["modules"]?.string {
    members["modules"] = .array(modules.split(separator: ",").map { .string(String($0)) })
  }
  var base = run.baseModel
  base["path"] = try run.baseModelPath().map { .string($0) } ?? .null
  members["base_model"] = .object(base)
  members["checkpoints"] = .array(run.checkpointSteps.map { .string(run.directory.checkpointPath(step: $0)) })
  switch run.trainer {
  case .ours: return ("run of xp-train", members)
  case .peft:
    // The digest of what is trained, not how much that is.
    members["examples"] = nil
    return ("run of peft_trainer.py", members)
  }
}

/// A manifest: what was run, on what, into what.
func inspectManifest(_ manifest: JSONObject) -> Inspected {
  let arguments = (manifest["argv"]?.array ?? []).compactMap(\.string)
  let inputs = (manifest["inputs"]?.array ?? []).compactMap { $0["path"] }
  var members: JSONObject = [
    "tool": manifest["tool"] ?? .null, "version": manifest["version"] ?? .null,
    "command": .string(arguments.joined(separator: " ")), "inputs": .array(inputs),
  ]
  for key in ["model", "output", "counts", "tokens", "server", "seeds", "time"] {
    if let value = manifest[key], !value.isNull { members[key] = value }
  }
  return ("manifest", members)
}
