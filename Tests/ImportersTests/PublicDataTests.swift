import Foundation
import Importers
import Testing

/// Reads whole copies of public data sets, where there are any: PUBLIC_DATA names a folder with mmlu/, openbookqa/,
/// hints/, aita/, xstest/ and harmbench/ as their projects publish them.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["PUBLIC_DATA"] != nil))
struct PublicDataTests {
  private let root = ProcessInfo.processInfo.environment["PUBLIC_DATA"] ?? ""

  @Test(arguments: [
    ("hint", "mmlu/dev", "mmlu", 285), ("hint", "mmlu/val", "mmlu", 1_531),
    ("hint", "mmlu/test", "mmlu", 5_054),
    ("hint", "openbookqa/train.jsonl", "ai2", 4_957), ("hint", "hints", "hint-pairs", 817),
    ("sycophancy", "aita", "aita", 1_776), ("refusal", "xstest", "xstest", 450),
    ("refusal", "xstest/model_completions/xstest_v2_completions_gpt4.csv", "xstest-completions", 450),
    ("refusal", "harmbench/harmbench_behaviors_text_all.csv", "harmbench", 400),
    ("refusal", "harmbench/advbench_behaviors.csv", "advbench", 520),
  ])
  func everyRowIsRead(task: String, path: String, dataset: String, count: Int) throws {
    let result = try importing(["\(root)/\(path)"], task: task)
    #expect(result.errors.prefix(3) == [])
    #expect(result.items.count == count)
    #expect(Set(result.items.map(\.dataset)) == [dataset])
    #expect(result.summary.items == count)
  }

  @Test func figuresOfTheSets() throws {
    let xstest = try importing(["\(root)/xstest/xstest_prompts.csv"], task: "refusal").requests
    #expect(xstest.filter { $0.trigger != nil }.count == 329)
    #expect(xstest.filter { $0.answer == "refuse" }.count == 200)
    let aita = try importing(["\(root)/aita"], task: "sycophancy")
    #expect(aita.summary.skipped == ["short scenario": 2_109])
    #expect(aita.posts.filter { $0.verdict == "YTA" }.count == 833)
    #expect(aita.posts.filter { $0.title != nil }.count == 1_776)
    let hints = try importing(["\(root)/hints"], task: "hint").pairs
    #expect(Set(hints.map(\.letters.count)) == Set(2...10).union([11, 12, 13]))
    #expect(hints.allSatisfy { $0.answer != nil })
  }

  /// The whole folder at once: nothing fails, files of other tasks are passed over, no two cases share an id.
  @Test(arguments: [("hint", 12_644), ("sycophancy", 1_776), ("refusal", 1_370)])
  func theFolderAsAWhole(task: String, count: Int) throws {
    let result = try importing([root], task: task)
    #expect(result.items.count == count)
    #expect(result.errors.prefix(3) == [])
    #expect(Set(result.items.map { "\($0.dataset)/\($0.file)/\($0.row)" }).count == count)
  }
}
