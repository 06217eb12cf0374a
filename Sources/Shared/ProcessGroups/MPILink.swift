import CMPI
import Glibc
import Streams

/// Messages by MPI, from the thread that made it.
final class MPILink: MessageLink {
  let rank: Int
  let count: Int
  private let functions: UnsafeMutablePointer<mpi_functions>

  /// How long to look for a message before the processor is left to others, and how long before sleeping: partners
  /// that compute take seconds, and may share the processor.
  private static let (spinning, yielding) = (Duration.milliseconds(1), Duration.milliseconds(100))
  /// Between two looks, in microseconds, after that.
  private static let sleep: useconds_t = 200

  /// Joins the processes of this launch, and waits until all have; a signal ends the process meanwhile, since there is
  /// nothing to save yet. Throws `ToolError` (66) where the library is not there, or knows of another number of
  /// processes.
  init(_ launch: MPILaunch) throws(ToolError) {
    let functions = UnsafeMutablePointer<mpi_functions>.allocate(capacity: 1)
    functions.initialize(to: mpi_functions())
    self.functions = functions
    let isMPICH = launch.library == .mpich
    let isLoaded = Interruption.endingAtOnce { mpi_load(functions, isMPICH ? 1 : 0) == 1 }
    guard isLoaded else {
      throw ToolError(
        .missingInput,
        "started as one of \(launch.count) processes, but \(isMPICH ? "MPICH's libmpi.so.12" : "Open MPI's libmpi.so.40") cannot be used"
      )
    }
    rank = Int(mpi_rank(functions))
    count = Int(mpi_size(functions))
    guard count == launch.count else {
      close()
      throw ToolError(
        .missingInput,
        "started as one of \(launch.count) processes, but \(isMPICH ? "MPICH" : "Open MPI") knows of \(count): the launcher must be that of"
          + " the library")
    }
  }

  func exchange(
    sending: UnsafeRawBufferPointer, receiving: UnsafeMutableRawBufferPointer, with partner: Int
  ) {
    var (sent, received) = (mpi_request(), mpi_request())
    if receiving.count > 0 {
      mpi_receive(functions, receiving.baseAddress, Int32(receiving.count), Int32(partner), &received)
    }
    if sending.count > 0 {
      mpi_send(functions, sending.baseAddress, Int32(sending.count), Int32(partner), &sent)
    }
    if receiving.count > 0 { wait(for: &received) }
    if sending.count > 0 { wait(for: &sent) }
  }

  private func wait(for request: inout mpi_request) {
    let start = ContinuousClock.now
    while mpi_is_done(functions, &request) == 0 {
      let waited = ContinuousClock.now - start
      if waited > Self.yielding { usleep(Self.sleep) } else if waited > Self.spinning { sched_yield() }
    }
  }

  func close() { mpi_finalize(functions) }

  func abort(status: Int32) { mpi_abort(functions, status) }
}
