import Glibc

/// How a launcher of MPI started this process, by the environment that it leaves.
public struct MPILaunch: Equatable, Sendable {
  /// Whose binary interface the library has.
  public enum Library: Sendable {
    case openMPI
    /// MPICH, Intel MPI, Cray MPICH.
    case mpich
  }

  /// What is to be loaded.
  public let library: Library
  /// Which of the processes this is, from 0.
  public let rank: Int
  /// How many there are.
  public let count: Int

  /// nil where the process runs alone: started by no launcher, or as the only one.
  /// - Parameter environment: a variable by its name.
  public init?(environment: (String) -> String?) {
    func number(_ name: String) -> Int? { environment(name).flatMap { Int($0) } }
    func several(_ name: String) -> Int? { number(name).flatMap { $0 > 1 ? $0 : nil } }
    if let count = several("OMPI_COMM_WORLD_SIZE") {
      self.init(library: .openMPI, rank: number("OMPI_COMM_WORLD_RANK") ?? 0, count: count)
    } else if let rank = number("PMIX_RANK"), let count = several("SLURM_STEP_NUM_TASKS") {
      // srun --mpi=pmix
      self.init(library: .openMPI, rank: rank, count: count)
    } else if let count = several("PMI_SIZE") {
      // mpiexec of MPICH, or srun --mpi=pmi2
      self.init(library: .mpich, rank: number("PMI_RANK") ?? 0, count: count)
    } else {
      return nil
    }
  }

  private init(library: Library, rank: Int, count: Int) {
    self.library = library
    self.rank = rank
    self.count = count
  }

  /// That of this process.
  public static let ofThisProcess = MPILaunch { name in getenv(name).map { String(cString: $0) } }
}
