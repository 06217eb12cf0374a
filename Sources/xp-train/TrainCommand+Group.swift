import CommandSupport
import KernelChoice
import ProcessGroups
import Streams
import Tensors
import Training

// What the processes of a run do together, before it begins.
extension TrainCommand {
  /// How the sums of the run in the directory are made, where it is gone on with; the others have it from the first
  /// process. Throws `ToolError` as `RunConfiguration.sums`.
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

  /// Warns where another version began the run that is gone on with. Throws `ToolError` as `JSON.parse`.
  func noteVersion(
    of start: RunConfiguration.Start, _ configuration: RunConfiguration, in directory: RunDirectory
  ) throws(ToolError) {
    guard start == .resumed || start == .continued,
      let version = try configuration.otherVersion(in: directory)
    else { return }
    Diagnostics.note("warning: version \(version) began this run; this one may round otherwise")
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
    // First by themselves: another version may have more settings.
    try group.checkEqual([
      ("their version (--version)", Array((ToolVersion.string + ProductLibraries.installed).utf8)),
      ("their processors' kernels (--cpu)", Array(kernels.name.utf8)),
      ("their output (--output)", Array(output.utf8)),
    ])
    try group.checkEqual(settings)
  }
}
