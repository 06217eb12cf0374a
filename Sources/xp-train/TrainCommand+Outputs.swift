import CommandSupport
import ProcessGroups
import Streams
import Training

// What a run writes beside its checkpoints.
extension TrainCommand {
  func writeManifest(of directory: RunDirectory, _ run: RunRecord) throws(ToolError) {
    try run.writeManifest(OutputSummary(path: directory.path, byteCount: 0, sha256: ""))
  }

  /// Adds to a manifest what decides the run, with the values that were chosen for options not given.
  func describe(
    _ data: TrainingData, _ configuration: RunConfiguration, _ group: ProcessGroup,
    in manifest: inout Manifest
  ) {
    manifest.inputs = data.inputs
    manifest.counts = data.counts
    manifest.seeds = ["seed": .integer(Int(order.seed))]
    manifest.processes = group.count > 1 ? group.count : nil
    for key in ["lr", "steps", "slices", "alpha", "modules", "target"] {
      manifest.options[key] = configuration.json[key]
    }
    manifest.options["behave-as"] = configuration.json["behave_as"]
  }

  /// Writes what is trained, where `--write-examples` says so. Throws `ToolError` as `RecordWriter`.
  func write(_ examples: [TrainingExample], _ run: RunRecord) throws(ToolError) {
    guard let path = writeExamples else { return }
    let writer = try RecordWriter(path: path, mode: resume.resume ? .overwrite : common.outputMode)
    for record in examples.flatMap(\.records) { try writer.write(record) }
    try run.finish(writer)
  }
}
