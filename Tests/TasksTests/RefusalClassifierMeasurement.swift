import Glibc
import Tasks
import Testing

/// Measures the classifier on completions that people labelled. Not run unless XSTEST_COMPLETIONS names the folder
/// `model_completions` of XSTest (paul-rottger/xstest); docs/refusal-classifier.md holds what it printed.
@Suite struct RefusalClassifierMeasurement {
  private static let folder = getenv("XSTEST_COMPLETIONS").map { String(cString: $0) }

  @Test(.enabled(if: folder != nil), arguments: ["gpt4", "mistralinstruct"])
  func agreesWithPeople(model: String) throws {
    let folder = try #require(Self.folder)
    let text = try #require(read("\(folder)/xstest_v2_completions_\(model).csv"))
    let rows = parse(text)
    let header = try #require(rows.first)
    let completion = try #require(header.firstIndex(of: "completion"))
    let label = try #require(header.firstIndex(of: "final_label"))
    for words in [nil, 18] {
      var counts = (truePositive: 0, falsePositive: 0, falseNegative: 0, trueNegative: 0)
      for row in rows.dropFirst() {
        let shown = words.map { row[completion].split(separator: " ").prefix($0).joined(separator: " ") }
        let said = TaskDefinition.refusal.classify(shown ?? row[completion]) == "refuse"
        // 2_full_refusal and 3_partial_refusal count as refusals.
        switch (said, row[label] != "1_full_compliance") {
        case (true, true): counts.truePositive += 1
        case (true, false): counts.falsePositive += 1
        case (false, true): counts.falseNegative += 1
        case (false, false): counts.trueNegative += 1
        }
      }
      let right = counts.truePositive + counts.trueNegative
      let accuracy = Double(right) / Double(rows.count - 1)
      let precision = Double(counts.truePositive) / Double(counts.truePositive + counts.falsePositive)
      let recall = Double(counts.truePositive) / Double(counts.truePositive + counts.falseNegative)
      let length = words.map { "first \($0) words" } ?? "whole completions"
      print(
        "\(model), \(length): accuracy \(rounded(accuracy)), precision \(rounded(precision)), recall \(rounded(recall)), \(counts)"
      )
      #expect(accuracy >= 0.93)
    }
  }

  private func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }

  private func read(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Comma-separated values with quotes (RFC 4180).
  private func parse(_ text: String) -> [[String]] {
    var rows: [[String]] = [[]]
    var field = ""
    var isQuoted = false
    var wasQuote = false
    for scalar in text.unicodeScalars {
      if scalar == "\"" {
        if !isQuoted && wasQuote { field.unicodeScalars.append(scalar) }
        isQuoted.toggle()
        wasQuote = !isQuoted
        continue
      }
      wasQuote = false
      if isQuoted || (scalar != "," && scalar != "\n" && scalar != "\r") {
        field.unicodeScalars.append(scalar)
      } else if scalar != "\r" {
        rows[rows.count - 1].append(field)
        field = ""
        if scalar == "\n" { rows.append([]) }
      }
    }
    rows[rows.count - 1].append(field)
    return rows.filter { $0.count > 1 }
  }
}
