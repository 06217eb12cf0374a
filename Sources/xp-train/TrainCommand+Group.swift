import CommandSupport
import Glibc
import KernelChoice
import ProcessGroups
import Streams
import Tensors
import Training

/// A run of one process, or of those that a launcher of MPI started together.
enum JointRun {
  /// Does the work with the processes of this launch. Of several, the first one speaks, an error that only one of them knows ends the others,
  /// and none ends by a signal: a launcher would take that for a crash, and end the others before they have spoken.
  static func run(_ work: (ProcessGroup) throws(ToolError) -> Void) throws(ToolError) {
    let group = try ProcessGroup.ofThisLaunch()
    guard group.count > 1 else { return try work(group) }
    Diagnostics.isSilent = !group.isFirst
    do throws(ToolError) {
      try group.checkCount()
      try work(group)
      _ = group.leave(after: nil)
    } catch {
      if group.hasAgreedOnError {
        Diagnostics.error(error.description)
        _ = group.leave(after: error)
        exit(error.status.rawValue)
      }
      Diagnostics.isSilent = false
      Diagnostics.error("\(error) (process \(group.rank + 1) of \(group.count))")
      group.abort(status: error.status)
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
    let paths = (request.explain + request.behave).map(\.path) + [request.evaluate].compactMap { $0 }
    guard group.count > 1, let path = paths.first(where: { !canBeReadTwice($0) }) else { return }
    throw ToolError(
      .usage,
      "one of the \(group.count) processes would get what comes from there: name a file that all can read",
      at: SourcePosition(file: path == "-" ? "<stdin>" : path))
  }

  /// Throws `ToolError` (64) where the processes would not train the same, to the bit.
  func checkEqual(_ configuration: RunConfiguration, in group: ProcessGroup) throws(ToolError) {
    let settings = try configuration.json.members.map { member throws(ToolError) in
      ("\"\(member.key)\" of config.json", try member.value.serialized())
    }
    try group.checkEqual(
      [
        ("their version (--version)", Array((ToolVersion.string + ProductLibraries.installed).utf8)),
        ("their processors' kernels (--cpu)", Array(kernels.name.utf8)),
        ("their output (--output)", Array(output.utf8)),
      ] + settings)
  }
}
