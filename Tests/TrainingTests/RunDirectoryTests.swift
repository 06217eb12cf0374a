import Foundation
import Streams
import Testing
import Training

@Suite struct RunDirectoryTests {
  let folder = FileManager.default.temporaryDirectory.appending(path: "run-\(UUID())").path

  private func scratch(_ body: (RunDirectory) throws -> Void) throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let directory = try RunDirectory(path: folder + "//")
    try withExtendedLifetime(try directory.lock()) { try body(directory) }
  }

  private func make(_ path: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  @Test func namesAreThoseOfTheContract() throws {
    let directory = try RunDirectory(path: "run/")
    #expect(directory.path == "run")
    #expect(directory.checkpointPath(step: 200) == "run/checkpoints/step-000200")
    #expect(directory.checkpointPath(step: 1_234_567) == "run/checkpoints/step-1234567")
    #expect(throws: ToolError.self) { try RunDirectory(path: "") }
  }

  @Test func onlyWholeCheckpointsCount() throws {
    try scratch { directory in
      try directory.begin(["schema": "run/1"])
      for name in ["step-000010", "step-000002", "step-000030.partial", "other", "step-x"] {
        try make("\(folder)/checkpoints/\(name)")
      }
      #expect(directory.checkpointSteps() == [2, 10])
      #expect(!directory.isComplete(totalSteps: 10))
      try make("\(folder)/state/step-000010")
      #expect(directory.isComplete(totalSteps: 10) && !directory.isComplete(totalSteps: 2))
    }
  }

  @Test func beginningRemovesARunAndNothingElse() throws {
    try scratch { directory in
      #expect(!directory.exists && !directory.holdsFilesOfNoRun)
      try make("\(folder)/checkpoints/step-000001")
      try Data("mine".utf8).write(to: URL(filePath: folder + "/notes.txt"))
      #expect(directory.holdsFilesOfNoRun)
      try directory.begin(["schema": "run/1"])
      #expect(directory.exists && !directory.holdsFilesOfNoRun && directory.checkpointSteps().isEmpty)
      #expect(FileManager.default.fileExists(atPath: folder + "/notes.txt"))
      let configuration = try JSON.parse(file: directory.configurationPath)
      #expect(configuration.object?["schema"]?.string == "run/1")
    }
  }

  @Test func twoProcessesDoNotTrainInOne() throws {
    try scratch { directory in
      let error = #expect(throws: ToolError.self) { _ = try directory.lock() }
      #expect(error?.status == .cannotCreate)
    }
  }
}
