import Faithfulness
import Streams
import Testing

@Suite struct RunNamesTests {
  /// A record in which each NAME has a model of some fingerprint; nil for a model that is not recorded.
  private func record(_ fingerprints: [(String, String?)]) -> JSONObject {
    var behaviors = JSONObject()
    for (name, fingerprint) in fingerprints {
      behaviors[name] =
        fingerprint.map { ["model": ["name": "m", "fingerprint": .string($0)], "by": .string(name)] } ?? [:]
    }
    return ["id": "x", "behaviors": .object(behaviors), "explanations": ["M1": "said", "M9": "said"]]
  }

  private func run(_ label: String, _ fingerprints: [(String, String?)]) throws -> RunNames.Run {
    var run = try RunNames.Run(label: label)
    run.add(record(fingerprints))
    return run
  }

  @Test func aNameOfDifferentModelsIsToldApart() throws {
    let names = RunNames([
      try run("a", [("M0", "0"), ("M1", "1"), ("M2", "2"), ("M4", nil)]),
      try run("b", [("M0", "0"), ("M1", "3"), ("M3", "2"), ("M4", nil)]),
    ])
    #expect(names.resolved("M0") == ["M0"])
    #expect(names.resolved("M1") == ["a/M1", "b/M1"])
    #expect(names.resolved("M2") == ["M2"] && names.resolved("M3") == ["M3"])
    // Models that nobody recorded are not taken for one.
    #expect(names.resolved("M4") == ["a/M4", "b/M4"])
    #expect(names.resolved("b/M1") == ["b/M1"])
    // No run has these: they are what they are called.
    #expect(names.resolved("b/M2") == ["b/M2"] && names.resolved("M9") == ["M9"])
  }

  @Test func recordsAreRenamed() throws {
    let own = [("M0", "0"), ("M1", "3"), ("M3", "2")]
    let names = RunNames([try run("a", [("M0", "0"), ("M1", "1")]), try run("b", own)])
    let renamed = names.renaming(of: "b", to: ["a/M1", "b/M1", "M0", "b/M0"]).apply(to: record(own))
    #expect(renamed["behaviors"]?.object?.keys == ["b/M1", "M0", "b/M0"])
    #expect(renamed["behaviors"]?["b/M1"]?["by"] == "M1" && renamed["behaviors"]?["b/M0"]?["by"] == "M0")
    #expect(renamed["explanations"] == ["b/M1": "said"])
    #expect(renamed["id"] == "x")
  }

  @Test(arguments: ["", "a/b"])
  func aLabelIsAWord(_ label: String) {
    #expect(throws: ToolError.self) { try RunNames.Run(label: label) }
  }
}
