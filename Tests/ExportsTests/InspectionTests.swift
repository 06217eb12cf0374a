import Exports
import Streams
import TestSupport
import Testing

@Suite struct InspectionTests {
  static let examples = [
    ("tiny-llama/hf", "Hugging Face model"), ("tiny-llama/tiny-llama-q8_0.gguf", "GGUF model"),
    ("tiny-llama-lora", "PEFT adapter"), ("tiny-families/gemma3", "Hugging Face model"),
    ("tiny-families/gemma3/model.gguf", "GGUF model"),
  ]

  @Test(arguments: examples) func kinds(name: String, kind: String) throws {
    let found = try inspect(fixture("\(name)"))
    #expect(found.keys.prefix(2) == ["path", "kind"] && found["kind"]?.string == kind)
    #expect(found["parameters"]?.integer ?? 0 > 1000)
  }

  @Test func bothFormatsOfAModelAgree() throws {
    let directory = try inspect(fixture("tiny-llama/hf"))
    let file = try inspect(fixture("tiny-llama/tiny-llama-q8_0.gguf"))
    for key in ["architecture", "parameters", "sizes", "chat_template"] {
      #expect(directory[key] == file[key] && file[key]?.isNull == false, "\(key)")
    }
    // 544·32 + 2·(32·32 + 2·16·32 + 32·32 + 3·32·64 + 2·32) + 32
    #expect(file["parameters"] == 36_000)
    #expect(file["tensor_types"] == ["Q8_0": 15, "F32": 5])
    #expect(directory["fingerprint"] != file["fingerprint"])
  }

  @Test func whatIsNoneOfThese() {
    #expect(toolError { _ = try inspect(fixture("")) }?.status == .badData)
    #expect(toolError { _ = try inspect(fixture("README.md")) }?.status == .badData)
    #expect(toolError { _ = try inspect(fixture("nowhere")) }?.status == .missingInput)
  }

  @Test func text() {
    let description: JSONObject = [
      "path": "x", "a_b": ["one", 2], "big": 1_234_567, "no": .null, "yes": true,
      "object": ["in": 0.5, "lines": "a\nb"], "empty": [],
    ]
    #expect(
      plainText(description) == """
        path   x
        a b    one, 2
        big    1,234,567
        yes    yes
        object
          in     0.5
          lines  "a\\nb"
        empty  none

        """)
  }
}
