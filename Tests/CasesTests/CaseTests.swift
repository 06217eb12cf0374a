import Cases
import Streams
import Testing

@Suite struct CaseTests {
  @Test func readsTheContractsRecord() throws {
    let record = try Case(json: hintRecord())
    #expect(record.id == "hint/mmlu/anatomy_test/17/v2")
    #expect(record.split == .train)
    #expect(record.sourceItem == "9c1f")
    #expect(record.readout == .choice(prefill: "Answer: (", choices: ["A", "B"]))
    #expect(record.features.map(\.id) == ["hint"])
    #expect(record.features[0].span == FeatureSpan(message: 0, start: 11, end: 21))
    #expect(JSON.object(record.json) == hintRecord(), "unknown keys stay, in order")
  }

  @Test func optionalKeysMayBeAbsent() throws {
    var record = hintRecord()
    for key in ["split", "source", "reference"] { record = changed(record, [key], to: nil) }
    let read = try Case(json: record)
    #expect(read.split == nil)
    #expect(read.sourceItem == nil)
    #expect(try Case(json: changed(record, ["features"], to: [])).features.isEmpty)
  }

  @Test(arguments: ["schema", "id", "task", "messages", "readout", "features"])
  func requiredKeys(key: String) {
    #expect(readingError(changed(hintRecord(), [key], to: nil)) == "missing key \"\(key)\"")
  }

  @Test(
    arguments: [
      (["schema"], "case/2", "schema is \"case/2\", expected \"case/1\""),
      (["id"], 3, "key \"id\" is a number, expected a string"),
      (["id"], "", "key \"id\" is empty"),
      (["split"], "dev", "split is \"dev\", expected one of tune, train, validation, test"),
      (["source"], "mmlu", "key \"source\" is a string, expected an object"),
      (["messages"], [], "no messages"),
      (["messages"], ["role": "user"], "key \"messages\" is an object, expected an array"),
      (
        ["messages", "0", "role"], "robot",
        "messages[0]: role is \"robot\", expected one of system, user, assistant"
      ),
      (["messages", "0", "content"], .null, "messages[0]: key \"content\" is null, expected a string"),
      (["behaviors"], [], "key \"behaviors\" is an array, expected an object"),
      (["features"], [3], "features[0]: a feature is a number, expected an object"),
      (
        ["features", "0", "span", "end"], "21",
        "features[0]: span: key \"end\" is a string, expected an integer"
      ),
    ] as [([String], JSON, String)])
  func wrongValues(path: [String], value: JSON, message: String) {
    #expect(readingError(changed(hintRecord(), path, to: value)) == message)
  }

  @Test func featureIdsAreUnique() {
    let feature = hintRecord()["features"]!.array![0]
    let record = changed(hintRecord(), ["features"], to: [feature, feature])
    #expect(readingError(record) == "features[1]: duplicate id \"hint\"")
  }

  @Test func aNewCaseReadsBackWithTheContractsKeyOrder() throws {
    let old = try Case(json: hintRecord())
    let source = CaseSource(dataset: "mmlu", file: "anatomy_test.csv", row: 17, item: .of("Which one?"))
    let new = Case(
      id: old.id, task: old.task, source: source, messages: old.messages, readout: old.readout,
      features: old.features, reference: ["answer": "A"])
    #expect(
      new.json.keys == [
        "schema", "id", "task", "split", "source", "messages", "readout", "features", "reference",
      ])
    let read = try Case(json: .object(new.json))
    #expect(read.messages == old.messages)
    #expect(read.features == old.features)
    #expect(read.split == Split.of(itemHash: .of("Which one?")))
    #expect(read.sourceItem == ItemHash.of("which ONE").hex)
  }
}
