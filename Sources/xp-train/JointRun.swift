import CommandSupport
import Glibc
import ProcessGroups
import Streams

/// A run of one process, or of those that a launcher of MPI started together.
enum JointRun {
  /// Does the work with the processes of this launch. Of several, the first one speaks, an error that only one of them
  /// knows ends the others, and none ends by a signal: a launcher would take that for a crash, and end the others
  /// before they have spoken.
  static func run(_ work: (ProcessGroup) throws(ToolError) -> Void) throws(ToolError) {
    let group = try ProcessGroup.ofThisLaunch()
    guard group.count > 1 else { return try work(group) }
    Diagnostics.isSilent = !group.isFirst
    do throws(ToolError) {
      try group.checkCount()
      try work(group)
      group.leave(after: nil)
    } catch {
      if group.hasAgreedOnError {
        Diagnostics.error(error.description)
        group.leave(after: error)
        exit(error.status.rawValue)
      }
      Diagnostics.isSilent = false
      Diagnostics.error("\(error) (process \(group.rank + 1) of \(group.count))")
      group.abort(status: error.status)
      throw error
    }
  }
}
