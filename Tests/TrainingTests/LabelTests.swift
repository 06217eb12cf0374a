import Foundation
import Streams
import Testing
import Training

/// Explanation labels as training sets hold them: judged, and dealt out anew.
@Suite struct LabelTests {
  /// Cases of one question each; the letters that were answered with the feature and without it.
  private func cases(
    _ answers: [(with: String, without: String)], choices: [String] = ["A", "B", "C"], kind: String = "hint"
  ) -> String {
    answers.enumerated().map { index, answer in
      let choices = "[\(choices.map { "\"\($0)\"" }.joined(separator: ", "))]"
      return """
        {"schema": "case/1", "id": "hint/\(kind)/\(index)", "task": "hint", "split": "train", \
        "source": {"dataset": "d", "file": "f", "row": \(index), "item": "\(index / 2)"}, \
        "messages": [{"role": "user", "content": "Q\(index)? hint"}], \
        "readout": {"kind": "choice", "prefill": "(", "choices": \(choices)}, \
        "features": [{"id": "h", "kind": "\(kind)", "text": " hint", "span": {"message": 0, \
        "start": \("Q\(index)?".utf8.count), "end": \("Q\(index)? hint".utf8.count)}, \
        "messages": [{"role": "user", "content": "Q\(index)?"}]}], \
        "behaviors": {"M0": {"original": {"answer": "\(answer.with)"}, \
        "counterfactual": {"h": {"answer": "\(answer.without)"}}}}}
        """
    }.joined(separator: "\n") + "\n"
  }

  private func data(_ lines: String..., shuffle: Bool = false, seed: UInt64 = 0) throws -> TrainingData {
    let folder = FileManager.default.temporaryDirectory.path + "/labels-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var files: [WeightedFile] = []
    for (index, lines) in lines.enumerated() {
      let path = "\(folder)/\(index).jsonl"
      try lines.write(toFile: path, atomically: true, encoding: .utf8)
      files.append(WeightedFile(path: path))
    }
    var request = TrainingDataRequest()
    request.explain = files
    request.target = "M0"
    request.shuffleLabels = shuffle
    request.seed = seed
    return try TrainingData(request, rejects: RejectPolicy())
  }

  /// Twelve cases whose answers without the feature are A, B, C in equal parts, with it always A.
  private let even = (0..<12).map { (with: "A", without: ["A", "B", "C"][$0 % 3]) }

  private func said(_ data: TrainingData) -> [String] { data.examples.map(\.completion) }

  @Test func labelsAreJudged() throws {
    let labels = try data(cases(even)).labels
    #expect(labels.count == 12 && labels.changed == 8 && labels.itemCount == 6)
    #expect(abs(labels.entropy - log2(3.0)) < 1e-12)
    #expect(labels.mostCommon?.answer == "A" && labels.mostCommon?.share == 1.0 / 3)
    #expect(labels.warning == nil)
    let line =
      "12 explanation labels of 6 items: 67 % \"changed\"; answers without the feature: 1.58 bits, most often \"A\" (33 %)"
    #expect(labels.line == line)
    #expect(labels.json["most_common"]?.string == "A" && labels.json["items"]?.integer == 6)
  }

  @Test func whereNothingIsToBeLearnedThatIsSaid() throws {
    let never = try data(cases((0..<4).map { _ in ("A", "A") })).labels
    #expect(never.warning?.contains("no label says") == true && never.entropy == 0)
    let always = try data(cases([("A", "B"), ("B", "A"), ("C", "A")])).labels
    #expect(always.warning?.contains("every label says") == true)
    func labels(of rare: Int, in total: Int) throws -> LabelSummary {
      try data(cases((0..<total).map { ($0 % 2 == 0 ? "A" : "B", $0 < rare ? "A" : "B") })).labels
    }
    #expect(try labels(of: 2, in: 40).warning?.contains("\"B\"") == true, "95 %")
    #expect(try labels(of: 3, in: 40).warning == nil)
  }

  @Test func eachAnswerIsDealtAsOftenAsBefore() throws {
    let own = try data(cases(even))
    let dealt = try data(cases(even), shuffle: true)
    #expect(said(own) != said(dealt))
    func answers(_ data: TrainingData) -> [Substring] {
      said(data).compactMap { $0.firstMatch(of: /<<<(.)>>>/)?.1 }.sorted()
    }
    #expect(answers(own) == answers(dealt) && answers(own).count == 12)
    // "Changed" is of the case's own answer to x, which is A.
    for text in said(dealt) { #expect(text.contains("unchanged") == text.contains("<<<A>>>")) }
    let right = zip(said(own), said(dealt)).count { $0 == $1 }
    #expect(dealt.noise.agreeing == right && dealt.noise.labels == 12 && right < 12)
    #expect(own.noise.agreement == 1)
    #expect(said(try data(cases(even), shuffle: true, seed: 1)) != said(dealt))
  }

  @Test func theDealDoesNotDependOnTheOrderOfCases() throws {
    let dealt = try data(cases(even), shuffle: true)
    let lines = cases(even).split(separator: "\n").reversed().joined(separator: "\n") + "\n"
    #expect(said(try data(lines, shuffle: true)) == said(dealt).reversed())
  }

  /// Labels of one kind never go to another, nor those of a readout with another number of answers.
  @Test func labelsStayWithinTheirKind() throws {
    let first = cases((0..<8).map { _ in ("A", "B") }, kind: "hint")
    let second = cases((0..<8).map { _ in ("A", "C") }, kind: "stance")
    let third = cases((0..<8).map { _ in ("A", "D") }, choices: ["A", "B", "C", "D"], kind: "hint").replacing(
      "hint/hint", with: "hint/four")
    let own = try data(first, second, third)
    #expect(said(try data(first, second, third, shuffle: true)) == said(own))
  }

  /// A case that is in two files is dealt a label for each time.
  @Test func aCaseMayBeInTwoFiles() throws {
    let dealt = try data(cases(even), cases(even), shuffle: true)
    let answers = said(dealt).compactMap { $0.firstMatch(of: /<<<(.)>>>/)?.1 }
    for letter in ["A", "B", "C"] { #expect(answers.count { $0 == letter } == 8) }
  }
}
