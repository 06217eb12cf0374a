import CommandSupport
import KernelChoice
import ProcessGroups
import Streams
import Tensors
import Training

/// A run of one process, or of those that a launcher of MPI started together.
enum JointRun {
  /// Does the work with the processes of this launch. Of several, the first one speaks; an error that only one of them knows ends
  /// the others.
  static func run(_ work: (ProcessGroup) throws(ToolError) -> Void) throws(ToolError) {
    Diagnostics.isSilent = (MPILaunch.ofThisProcess?.rank ?? 0) > 0
    let group = try ProcessGroup.ofThisLaunch()
    do throws(ToolError) {
      try work(group)
      _ = group.leave(after: nil)
    } catch {
      if !group.leave(after: error) {
        Diagnostics.isSilent = false
        Diagnostics.error("\(error) (process \(group.rank + 1) of \(group.count))")
        group.abort(status: error.status)
      }
      throw error
    }
  }
}

// What the processes of a run do together, before it begins.
extension TrainCommand {
  /// How the sums of the run in the directory are made, where it is gone on with; the others have it from the first process. Throws
  /// `ToolError` as `RunConfiguration.sums`.
  func sums(
    in directory: RunDirectory, _ group: ProcessGroup
  ) throws(ToolError) -> RunConfiguration.Sums? {
    var found: RunConfiguration.Sums?
    let packRows = try group.valueOfFirst { () throws(ToolError) in
      if resume.resume { found = try RunConfiguration.sums(in: directory) }
      return found?.packRows ?? 0
    }
    let slices = try group.valueOfFirst { found?.slices ?? 0 }
    return packRows == 0 ? nil : RunConfiguration.Sums(packRows: packRows, slices: slices)
  }

  /// How the run can start, as the first process finds it. Throws `ToolError` as `RunConfiguration.start`.
  func start(
    _ configuration: RunConfiguration, in directory: RunDirectory, _ group: ProcessGroup
  ) throws(ToolError) -> RunConfiguration.Start {
    let start = try group.valueOfFirst { () throws(ToolError) in
      try configuration.start(in: directory, resume: resume.resume, force: common.force).rawValue
    }
    return RunConfiguration.Start(rawValue: start) ?? .anew
  }

  /// Where bad lines go: the first process writes them. Throws `ToolError` as `CommonOptions.rejectPolicy`.
  func rejectPolicy(in group: ProcessGroup) throws(ToolError) -> RejectPolicy {
    group.isFirst
      ? try common.rejectPolicy(isResuming: resume.resume) : try RejectPolicy(limit: common.maxErrors)
  }

  /// Throws `ToolError` (64) where several processes would read standard input, which a launcher hands to one of them.
  func checkInputs(of request: TrainingDataRequest, _ group: ProcessGroup) throws(ToolError) {
    let files = request.explain + request.behave
    guard group.count > 1, files.contains(where: { $0.path == "-" }) else { return }
    throw ToolError(
      .usage, "standard input reaches one of the \(group.count) processes: name a file that all can read")
  }

  /// Throws `ToolError` (64) where the processes would not train the same, to the bit.
  func checkEqual(_ configuration: RunConfiguration, in group: ProcessGroup) throws(ToolError) {
    let settings = try JSON.object(configuration.json).serialized()
    try group.checkEqual([
      ("their version (--version)", Array((ToolVersion.string + ProductLibraries.description).utf8)),
      ("their processors' kernels (--cpu)", Array(kernels.name.utf8)),
      ("their output (--output)", Array(output.utf8)), ("what they train (config.json)", settings),
    ])
  }
}
