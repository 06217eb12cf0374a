import Foundation
import Streams
import Tensors
import Testing
import Training

@Suite final class RunConfigurationTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "configuration-\(UUID())").path
  private let directory: RunDirectory

  init() throws {
    directory = try RunDirectory(path: folder + "/run")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let row = #"{"messages":[{"role":"user","content":"Hello"}],"completion":"Hi"}"#
    try Data((row + "\n").utf8).write(to: URL(filePath: folder + "/rows.jsonl"))
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func configuration(
    steps: Int = 4, schedule: LearningRateSchedule.Kind = .constant, rank: Int? = 8, clip: Double = 1
  ) throws -> RunConfiguration {
    var request = TrainingDataRequest()
    request.explain = [WeightedFile(path: folder + "/rows.jsonl")]
    let data = try TrainingData(request, rejects: RejectPolicy())
    return RunConfiguration(
      version: "1", model: ["fingerprint": "f"],
      adapter: rank.map { AdapterShape(rank: $0, alpha: 16, modules: [.query, .down]) },
      numerics: Numerics(precision: .float32, weights: .int8),
      options: TrainingOptions(
        schedule: LearningRateSchedule(kind: schedule, peak: 1e-3, warmupSteps: 1, totalSteps: steps),
        weightDecay: 0, clip: clip, saveEvery: 2, evaluateEvery: 0),
      order: ExampleOrder(groups: ["a"], batchSize: 3, shuffle: .example, seed: 7), request: request,
      data: data, evaluationCases: 200, packRows: 1024, slices: 1)
  }

  private func begin(_ configuration: RunConfiguration) throws {
    try withExtendedLifetime(try directory.lock()) { try configuration.write(to: directory, .anew) }
  }

  private func start(
    _ configuration: RunConfiguration, resume: Bool = true, force: Bool = false
  ) throws -> RunConfiguration.Start {
    try configuration.start(in: directory, resume: resume, force: force)
  }

  @Test func saysWhatIsTrained() throws {
    let adapter = try configuration().json
    #expect(adapter["method"]?.string == "lora" && adapter["frozen_weights"]?.string == "int8")
    #expect(adapter["rank"]?.integer == 8 && adapter["alpha"]?.integer == 16)
    #expect(adapter["modules"] == ["q_proj", "down_proj"])
    let full = try configuration(rank: nil).json
    #expect(full["method"]?.string == "full")
    #expect(["rank", "alpha", "modules", "frozen_weights"].allSatisfy { full[$0]?.isNull == true })
    #expect(adapter["batch_size"]?.integer == 3 && adapter["shuffle"]?.string == "example")
    #expect(adapter["seed"]?.integer == 7 && adapter["examples"]?.integer == 1)
    // Of no labels and no evaluation.
    #expect(adapter["eval_cases"]?.isNull == true && adapter["labels"]?.isNull == true)
  }

  @Test func aRunThatIsThereIsNotWrittenOver() throws {
    #expect(try start(configuration(), resume: false) == .anew)
    #expect(try RunConfiguration.sums(in: directory) == nil)
    try begin(configuration())
    #expect(try RunConfiguration.sums(in: directory)?.packRows == 1024)
    let error = #expect(throws: ToolError.self) { try start(configuration(), resume: false) }
    #expect(error?.status == .cannotCreate)
    #expect(try start(configuration(), resume: false, force: true) == .anew)
    #expect(try start(configuration()) == .resumed)
  }

  @Test func anotherConfigurationIsNamed() throws {
    try begin(configuration())
    let error = #expect(throws: ToolError.self) { try start(configuration(rank: 9, clip: 2)) }
    #expect(error?.status == .usage && error?.message.contains("\"rank\" differs") == true)
  }

  /// Only a schedule that does not know its end can go on beyond it.
  @Test func moreStepsContinueAConstantSchedule() throws {
    try begin(configuration())
    #expect(try start(configuration(steps: 6)) == .continued)
    let fewer = #expect(throws: ToolError.self) { try start(configuration(steps: 3)) }
    #expect(fewer?.message.contains("are fewer") == true)
    try begin(configuration(schedule: .cosine))
    let curve = #expect(throws: ToolError.self) { try start(configuration(steps: 6, schedule: .cosine)) }
    #expect(curve?.message.contains("only --schedule constant") == true)
  }

  /// config.json of the first version lacks what had one value then.
  @Test func runsOfEarlierVersionsAreGoneOnWith() throws {
    var stored = try configuration(rank: nil).json
    for key in ["slices", "pack_tokens", "precision", "behave_targets", "kl", "frozen_weights", "labels"] {
      stored[key] = nil
    }
    stored["tool_version"] = "0"
    try withExtendedLifetime(try directory.lock()) { try directory.begin(stored) }
    #expect(try start(configuration(rank: nil)) == .resumed)
    #expect(try configuration(rank: nil).otherVersion(in: directory) == "0")
    stored["method"] = "lora"
    try withExtendedLifetime(try directory.lock()) { try directory.begin(stored) }
    #expect(throws: ToolError.self) { try start(configuration(rank: nil)) }
  }
}
