import Cases
import Faithfulness
import Reports
import Streams
import TestSupport

/// The cases of the synthetic stream in `Tests/Fixtures/xp-score`.
func smallCases() throws -> [Case] {
  try readFile(fixture("xp-score/small.jsonl")).split(separator: UInt8(ascii: "\n")).map {
    try Case(json: JSON.parse(Array($0)))
  }
}

/// A case of one pair, whose prompt, feature, explanation, id, task and kind are what the test wants.
func hintCase(
  id: String = "a", before: String = "Which? ", feature: String = "C", after: String = "",
  task: String = "hint",
  kind: String = "hint", says text: String = "The output would remain unchanged from <<<A>>>."
) throws -> Case {
  let start = before.utf8.count
  let behavior: JSON = [
    "model": ["name": "m", "fingerprint": "sha256:00", "adapter": nil, "chat_template": "chatml"],
    "original": ["answer": "A", "logprobs": ["A": -0.25, "B": -1.5]],
    "counterfactual": ["c": ["answer": "B", "logprobs": ["A": -1.23456789, "B": -0.5]]],
  ]
  let said: JSON = ["c": ["text": .string(text), "changed": false, "answer": "A"]]
  return try Case(json: [
    "schema": "case/1", "id": .string(id), "task": .string(task), "split": "test",
    "messages": [["role": "user", "content": .string(before + feature + after)]],
    "readout": ["kind": "choice", "prefill": "", "choices": ["A", "B"]],
    "features": [
      [
        "id": "c", "kind": .string(kind), "text": .string(feature),
        "span": [
          "message": 0, "start": .integer(start), "end": .integer(start + feature.utf8.count),
        ],
        "messages": [["role": "user", "content": .string(before + after)]],
      ]
    ],
    "behaviors": ["M1": behavior, "M0": behavior], "explanations": ["M1": said, "M0": said],
  ])
}

/// The bytes of the page on some cases.
func page(
  _ cases: [Case], selves: [String] = ["M1"], origs: [String] = ["M0"], baseline: String? = "M0",
  by key: String? = nil, examples limit: Int = 100, provenance: Provenance = Provenance(),
  curves: [TrainingCurves] = [], arms: [String] = [], claims: [String] = []
) throws -> String {
  let page = try reportPage(
    cases, selves: selves, origs: origs, baseline: baseline, by: key, examples: limit, provenance: provenance,
    curves: curves, arms: arms, claims: claims)
  return String(decoding: try page.render(), as: UTF8.self)
}

/// The page on some cases, not yet written.
func reportPage(
  _ cases: [Case], selves: [String] = ["M1"], origs: [String] = ["M0"], baseline: String? = "M0",
  by key: String? = nil, examples limit: Int = 100, provenance: Provenance = Provenance(),
  curves: [TrainingCurves] = [], arms: [String] = [], claims: [String] = []
) throws -> ReportPage {
  let plan = try ScoringPlan(
    selves: selves, origs: origs, baseline: baseline, groupKey: key.map { GroupKey($0) },
    arms: arms.map { try Arm($0) }, claims: claims)
  var table = PairTable(plan: plan)
  var examples = ExampleSample(plan: plan, limit: limit)
  var identities = CheckpointIdentities(plan: plan)
  for record in cases where try table.add(record) == .scored {
    try examples.add(record)
    identities.add(record)
  }
  return ReportPage(
    report: try ScoreReport(table), examples: examples, identities: identities, provenance: provenance,
    curves: curves,
    run: .init(version: "0", arguments: ["xp-score", "--self", "M1"], inputs: []))
}

/// What the script reads out of a page.
func embeddedData(_ page: String) throws -> JSON {
  let open = "<script type=\"application/json\" id=\"example-data\">"
  guard let start = page.firstRange(of: open), let end = page[start.upperBound...].firstRange(of: "</script>")
  else { return .null }
  return try JSON.parse(Array(page[start.upperBound..<end.lowerBound].utf8))
}

/// How often a text occurs.
func occurrences(of part: String, in text: String) -> Int { text.ranges(of: part).count }
