import Foundation
import Reports
import Streams
import Testing

@Suite struct ProvenanceTests {
  /// A folder with files, each written beside a manifest that says what it was made from.
  private func folder(_ manifests: [String: JSON]) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (name, manifest) in manifests {
      let text = String(decoding: try manifest.serialized(), as: UTF8.self)
        .replacing("$FOLDER", with: folder)
      try text.write(toFile: "\(folder)/\(name).manifest.json", atomically: true, encoding: .utf8)
    }
    return folder
  }

  private func manifest(
    _ tool: String, sha256: String, inputs: [(String, String)] = [], adapter: String? = nil
  )
    -> JSON
  {
    [
      "tool": .string(tool), "argv": [.string(tool)], "output": ["sha256": .string(sha256)],
      "inputs": .array(
        inputs.map { ["path": .string("$FOLDER/" + $0.0), "sha256": .string($0.1)] }),
      "model": adapter.map { ["adapters": [.string("$FOLDER/" + $0)]] } ?? .null,
    ]
  }

  private func input(_ path: String, _ sha256: String) -> InputSummary {
    InputSummary(path: path, byteCount: 1, sha256: sha256, isComplete: true)
  }

  @Test func followsInputsAndTrainingRuns() throws {
    let folder = try folder([
      "test": manifest(
        "cf-label", sha256: "b", inputs: [("cases", "OLD")], adapter: "run/checkpoints/step-000060"),
      "cases": manifest("cf-gen", sha256: "a"),
    ])
    try FileManager.default.createDirectory(atPath: folder + "/run", withIntermediateDirectories: true)
    let training = try manifest("xp-train", sha256: "c", inputs: [("test", "b")]).serialized()
    try Data(
      String(decoding: training, as: UTF8.self).replacing("$FOLDER", with: folder).utf8
    ).write(to: URL(fileURLWithPath: folder + "/run.manifest.json"))
    let provenance = Provenance(inputs: [input("\(folder)/test", "b"), input("<stdin>", "x")], metrics: [])
    #expect(provenance.steps.map { $0.manifest["tool"]?.string } == ["cf-label", "cf-gen", "xp-train"])
    #expect(provenance.steps.map(\.match) == [.same, .other, .unknown])
    #expect(provenance.unreadable.isEmpty)
    let page = try page([hintCase()], provenance: provenance)
    #expect(page.contains("NOT the file that was read"))
    #expect(occurrences(of: "<li><details>", in: page) == 3)
  }

  @Test func filesThatMovedTogetherAreFound() throws {
    let folder = try folder([
      "test": [
        "tool": "cf-label", "output": ["sha256": "b"],
        "inputs": [["path": "elsewhere/cases", "sha256": "a"], ["path": "elsewhere/cases", "sha256": "a"]],
      ], "cases": manifest("cf-gen", sha256: "a"),
    ])
    let provenance = Provenance(inputs: [input("\(folder)/test", "b")], metrics: [])
    #expect(provenance.steps.map(\.path) == ["\(folder)/test", "\(folder)/cases"])
    #expect(provenance.steps.map(\.match) == [.same, .same])
  }

  @Test func aMetricsFileLeadsToItsRun() throws {
    let folder = try folder(["run": manifest("xp-train", sha256: "c")])
    let provenance = Provenance(inputs: [], metrics: ["\(folder)/run/metrics.jsonl"])
    #expect(provenance.steps.map { $0.manifest["tool"]?.string } == ["xp-train"])
  }

  @Test func aBrokenManifestIsNamedAndNoManifestIsNot() throws {
    let folder = try folder([:])
    try "{".write(toFile: "\(folder)/a.manifest.json", atomically: true, encoding: .utf8)
    let provenance = Provenance(inputs: [input("\(folder)/a", "x"), input("\(folder)/b", "x")], metrics: [])
    #expect(provenance.steps.isEmpty)
    #expect(provenance.unreadable.count == 1)
    #expect(provenance.unreadable.first?.hasPrefix("\(folder)/a.manifest.json: ") == true)
  }

  @Test func theFirstScreenSaysWhatTheManifestsSay() throws {
    let folder = try folder([
      "test": [
        "tool": "cf-label", "output": ["sha256": "b"], "model": ["name": "small <LM>"],
        "options": ["precision": "fp32"],
        "time": ["start": "2026-11-30T01:00:00Z"], "processor": "Fast 1", "seeds": [:],
        "inputs": [["path": "$FOLDER/cases", "sha256": "a"], ["path": "$FOLDER/run", "sha256": "c"]],
      ],
      "cases": ["tool": "cf-gen", "seeds": ["seed": 3], "time": ["start": "2026-11-28T23:00:00Z"]],
      "run": [
        "tool": "xp-train", "seeds": ["seed": 7], "options": ["precision": "bf16"],
        "model": ["name": "small <LM>"],
        "time": ["start": "2026-11-29T01:00:00Z"], "processor": "Fast 1",
      ],
    ])
    let page = try page(
      [hintCase()], provenance: Provenance(inputs: [input("\(folder)/test", "b")], metrics: []))
    for (name, value) in [
      ("Model", "small &lt;LM&gt;"), ("Task", "hint"), ("Seeds", "cases 3, resampling 0, training 7"),
      ("Date", "2026-11-28 to 2026-11-30"), ("Precision", "bf16, fp32"), ("Processor", "Fast 1"),
    ] { #expect(page.contains("<div><dt>\(name)</dt><dd>\(value)</dd></div>"), "\(name)") }
    // Without manifests the cases tell the model, and what nobody tells is not there.
    let bare = try ReportsTests.page([hintCase()])
    #expect(bare.contains("<dt>Model</dt><dd>m</dd>") && bare.contains("<dt>Seeds</dt><dd>resampling 0</dd>"))
    for name in ["Date", "Precision", "Processor"] { #expect(!bare.contains("<dt>\(name)</dt>"), "\(name)") }
  }
}
