import ArgumentParser
import ModelOptions
import Streams
import Tensors
import Testing

@Suite struct ModelOptionsTests {
  private enum Help: NumericsHelp {
    static let precision = "Of products."
    static let weights = "Of weights."
  }

  @Test func templateArgumentsAreJSONOrText() throws {
    let given = ["think=False", "n=3", "who=Jo", #"list=["a"]"#, "note=a=b", "empty=", "n=4"]
    let options = try TemplateOptions.parse(given.flatMap { ["--template-argument", $0] })
    let expected: JSONObject = [
      "think": false, "n": 4, "who": "Jo", "list": ["a"], "note": "a=b", "empty": "",
    ]
    #expect(try options.templateArguments() == expected)
    for text in ["think", "=1"] {
      #expect(throws: (any Error).self) { try TemplateOptions.parse(["--template-argument", text]) }
    }
  }

  @Test func numbersAreSaidByName() throws {
    typealias Options = NumericsOptions<Help>
    #expect(try Options.parse([]).chosen == Numerics())
    let chosen = try Options.parse(["--weights", "int8", "--precision", "bf16"]).chosen
    #expect(chosen == Numerics(precision: .bfloat16, weights: .int8))
    #expect(throws: (any Error).self) { try Options.parse(["--weights", "int3"]) }
    #expect(Options.helpMessage().contains("Of products.") && Options.helpMessage().contains("Of weights."))
  }
}
