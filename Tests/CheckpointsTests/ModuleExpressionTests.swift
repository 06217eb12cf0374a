import Checkpoints
import Streams
import TestSupport
import Testing

/// Regular expressions for names of modules, against Python's `re.fullmatch`.
@Suite struct ModuleExpressionTests {
  @Test func fitsWhatPythonFits() throws {
    let json = try JSON.parse(file: fixture("module-expressions.json"))
    let names = try #require(json["names"]?.array).compactMap(\.string)
    for entry in try #require(json["expressions"]?.array) {
      let pattern = try #require(entry["pattern"]?.string)
      guard let fits = entry["fits"]?.array else {
        #expect(throws: ToolError.self, "\(pattern)") { try ModuleExpression(pattern) }
        continue
      }
      let expression = try ModuleExpression(pattern)
      #expect(names.filter(expression.matches) == fits.compactMap(\.string), "\(pattern)")
    }
  }

  /// Each takes a matcher that goes back longer than the age of the universe, or all memory.
  @Test(arguments: [
    "([a-z_.0-9]+)+!", "(.*)*(.*)*x", "((a{1,1000}){1,1000}){1,1000}b", "(a|a|aa)*b",
    "(.{0,4294967295}){4294967295}x",
    "((((((((((((((((((((((((a*)*)*)*)*)*)*)*)*)*)*)*)*)*)*)*)*)*)*)*)*)*)*)*)*b",
  ])
  func noneTakesLong(_ pattern: String) throws {
    let expression = try ModuleExpression(pattern)
    #expect(!expression.matches("model.layers.0.self_attn.q_proj"))
    #expect(!expression.matches(String(repeating: "a", count: 40)))
  }

  @Test(arguments: [
    (#"(a)\1"#, "a back reference"), ("a++", "a possessive quantifier"), ("(?>a)", "(?>"), ("(?P=a)", "(?P"),
    (#"\q"#, #"\q"#),
    (String(repeating: "(", count: 100), "more than 64 levels"),
    (String(repeating: "a", count: 5000), "more than 4096 characters"),
  ])
  func refusesWhatItCannotMatch(_ pattern: String, _ construct: String) throws {
    let error = try #require(toolError { _ = try ModuleExpression(pattern) })
    #expect(
      error.status == .badData && error.message.contains("with \"\(construct)\", which is not supported"))
  }
}
