import ProcessGroups
import Testing

@Suite struct MPILaunchTests {
  private func launch(_ environment: [String: String]) -> MPILaunch? { MPILaunch { environment[$0] } }

  @Test func launchersAreKnownByWhatTheyLeave() {
    let openMPI = launch(["OMPI_COMM_WORLD_SIZE": "4", "OMPI_COMM_WORLD_RANK": "2", "PMIX_RANK": "2"])
    #expect(openMPI?.library == .openMPI && openMPI?.rank == 2 && openMPI?.count == 4)
    let slurm = launch(["PMIX_RANK": "3", "SLURM_STEP_NUM_TASKS": "4"])
    #expect(slurm?.library == .openMPI && slurm?.rank == 3 && slurm?.count == 4)
    let mpich = launch(["PMI_SIZE": "2", "PMI_RANK": "1"])
    #expect(mpich?.library == .mpich && mpich?.rank == 1 && mpich?.count == 2)
  }

  @Test(arguments: [
    [:], ["OMPI_COMM_WORLD_SIZE": "1"], ["PMIX_RANK": "0", "SLURM_STEP_NUM_TASKS": "1"], ["PMIX_RANK": "0"],
    ["PMI_SIZE": "1", "PMI_RANK": "0"], ["SLURM_STEP_NUM_TASKS": "4"],
  ]) func oneProcessRunsAlone(environment: [String: String]) {
    #expect(launch(environment) == nil)
  }
}
