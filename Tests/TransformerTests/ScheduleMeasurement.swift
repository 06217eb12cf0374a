import Checkpoints
import Foundation
import Tensors
import Testing
import TinyModels
import Transformer

/// How much of more threads is lost because there is too little to do at once: the tasks of real work are timed one
/// after the other, and then dealt out to 2 to 64 threads, each of which takes the next task when it is free, as
/// `Workers` does. What a thread waits for at the end of each job, and what no team does at all, is the loss.
/// Memory and caches that threads share are not simulated.
///
/// Runs where CF_MEASURE_SCHEDULE is set, and CF_TEST_MODEL names a checkpoint. Prints the rows of a table.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["CF_MEASURE_SCHEDULE"] != nil), .serialized)
struct ScheduleMeasurement {
  private static let threads = [2, 8, 16, 64]

  /// The jobs of a piece of work, and the time of all of it on one thread.
  private final class Trace {
    var jobs: [[Double]] = []
    var seconds = 0.0

    /// Seconds that some threads need.
    func seconds(threads: Int) -> Double {
      let alone = seconds - jobs.reduce(0) { $0 + $1.reduce(0, +) }
      return jobs.reduce(alone) { total, tasks in
        var free = [Double](repeating: 0, count: threads)
        for task in tasks {
          let next = free.indices.min { free[$0] < free[$1] } ?? 0
          free[next] += task
        }
        return total + (free.max() ?? 0)
      }
    }
  }

  private func report(_ name: String, _ workers: Workers, _ work: () throws -> Void) rethrows {
    // Once for memory that is taken and pages that are touched.
    try work()
    let trace = Trace()
    workers.observer = { trace.jobs.append($0) }
    trace.seconds = try Workers.processorSeconds(work)
    workers.observer = nil
    let tasks = trace.jobs.map(\.count).sorted()
    let efficiencies = Self.threads.map { threads in
      String(format: "%.2f", trace.seconds / trace.seconds(threads: threads) / Double(threads))
    }
    print(
      "| \(name) | \(trace.jobs.count) | \(tasks[tasks.count / 4]), \(tasks[tasks.count / 2]) | "
        + efficiencies.joined(separator: " | ") + " |")
  }

  private func queries(_ count: Int, _ length: Int, vocabulary: Int, generating tokens: Int?) -> [Query] {
    var random = SystemRandomNumberGenerator()
    return (0..<count).map { _ in
      let prompt = (0..<length).map { _ in Int32.random(in: 5..<Int32(vocabulary), using: &random) }
      guard let tokens else { return .score(prompt: prompt, continuations: [[7]]) }
      return .generate(prompt: prompt, maximumTokens: tokens, stop: [])
    }
  }

  private func measure(_ name: String, _ decoder: Decoder) throws {
    let vocabulary = decoder.configuration.vocabularySize
    let evaluator = Evaluator(decoder: decoder)
    for (rows, what) in [(4096, "labels, a pack of 4,096 tokens"), (512, "labels, 512 tokens")] {
      let work = queries(rows / 128, 128, vocabulary: vocabulary, generating: nil)
      try report("\(name): \(what)", decoder.workers) { _ = try evaluator.evaluate(work) }
    }
    for branches in [64, 16, 1] {
      let work = queries(branches, 2, vocabulary: vocabulary, generating: 9)
      try report("\(name): decoding \(branches) texts", decoder.workers) { _ = try evaluator.evaluate(work) }
    }
    let adapter = LowRankAdapter(
      configuration: decoder.configuration, rank: 128, alpha: 256, modules: LinearModule.allCases)
    adapter.initialize(seed: 1)
    let pass = TrainingPass(decoder: decoder, training: .adapter(adapter))
    for rows in [2048, 512] {
      var forest = TokenForest()
      for sequence in 0..<rows / 128 {
        _ = forest.insert((0..<128).map { Int32(5 + (sequence * 131 + $0 * 17) % (vocabulary - 5)) })
      }
      let packed = PackedForest(forest)
      let targets = stride(from: 1, to: packed.count, by: 8).map {
        RowTarget(row: $0, goal: .token(7), weight: 1)
      }
      report("\(name): LoRA, a pack of \(packed.count) tokens", decoder.workers) {
        _ = pass.accumulate(packed, targets: targets)
      }
    }
  }

  @Test func defaultModel() throws {
    let path = try #require(ProcessInfo.processInfo.environment["CF_TEST_MODEL"])
    let model = try LanguageModel(
      path: path, chatTemplate: nil, use: .lowRankTraining(Numerics()), workers: Workers(count: 1))
    try measure("SmolLM2-135M", model.decoder)
  }

  /// Two layers as wide as those of an 8B model, with weights in 8 bits that are all zero.
  @Test func wideModel() throws {
    let path = try #require(ProcessInfo.processInfo.environment["CF_WIDE_MODEL"])
    let checkpoint = try ModelCheckpoint(path: path)
    let workers = Workers(count: 1)
    let weights = try DecoderWeights.frozen(
      reading: checkpoint.tensors, Numerics(weights: .int8), hasBackward: true, workers: workers)
    try measure(
      checkpoint.name, Decoder(configuration: checkpoint.configuration, weights: weights, workers: workers))
  }
}
