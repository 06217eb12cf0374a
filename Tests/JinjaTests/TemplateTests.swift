import Foundation
import Jinja
import Streams
import TestSupport
import Testing

/// Renderings by jinja2 as transformers sets it up (Tests/Reference/make_jinja_fixture.py).
@Suite struct TemplateTests {
  /// What comes of a template: its text, or nil where it is refused.
  private static func rendered(_ text: String, _ variables: JSONObject) -> Result<Rendering, ToolError> {
    Result { () throws(ToolError) -> Rendering in
      try Template(parsing: text).render(
        variables.members.map { Variable($0.key, .json($0.value)) },
        clock: Clock(secondsSince1970: 1_700_000_000))
    }
  }

  /// Compares a document's templates; gives how many renderings there were.
  /// - Parameter mayBeUnsupported: whether a rendering may be refused as not supported.
  private func check(_ document: JSON, mayBeUnsupported: Bool = false) throws -> Int {
    var count = 0
    for template in try #require(document["templates"]?.array) {
      let text = try #require(template["text"]?.string)
      for expected in try #require(template["renderings"]?.array) {
        var variables = JSONObject()
        let shared = document["conversations"]?.array ?? []
        let conversation = expected["conversation"]?.integer.map { shared[$0] } ?? [:]
        for member in (conversation.object ?? [:]).members { variables[member.key] = member.value }
        for member in (expected["variables"]?.object ?? [:]).members { variables[member.key] = member.value }
        let result = Self.rendered(text, variables)
        count += 1
        let name =
          "\(template["name"]?.string ?? text.debugDescription), \(expected["conversation"]?.integer ?? 0)"
        switch (expected["error"]?.string, result) {
        case (nil, .success(let rendering)):
          if let whole = expected["text"]?.string {
            #expect(Array(rendering.text.utf8) == Array(whole.utf8), "\(name)")
          } else {
            #expect(
              Digest.hex(of: rendering.text) == expected["sha256"]?.string, "\(name): \(rendering.text)")
          }
        case (nil, .failure(let error)) where mayBeUnsupported && error.message.contains("not supported"):
          count -= 1
        case (nil, .failure(let error)): Issue.record("\(name): \(error)")
        case (let kind?, .success(let rendering)):
          Issue.record("\(name): \(kind), not \(rendering.text.debugDescription)")
        case (_?, .failure(let error)): #expect(error.status == .badData)
        }
      }
    }
    return count
  }

  @Test func rendersAsJinja2() throws {
    let document = try JSON.parse(file: fixture("jinja-templates.json"))
    #expect(try check(document) > 900)
  }

  /// Templates by chance (Tests/Reference/fuzz_jinja.py), where the environment names such a file.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["JINJA_FUZZ"] != nil)) func rendersRandomTemplates()
    throws
  {
    let path = try #require(ProcessInfo.processInfo.environment["JINJA_FUZZ"])
    let count = try check(try JSON.parse(file: path), mayBeUnsupported: true)
    print("\(count) templates compared")
  }

  @Test(arguments: [
    "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}",
    "{% set ns = namespace(x='ab') %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
    "{% set ns = namespace(x=[]) %}{% for i in range(99) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x }}",
    "{% set ns = namespace(x=[]) %}{% for i in range(99999) %}{% set ns.x = [ns.x] %}{% endfor %}",
    "{% set ns = namespace() %}{% for i in range(99999) %}{% set n = namespace(x=ns.x) %}{% set ns.x = n %}{% endfor %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{{ 'a' * 9999999999 }}", "{{ [1] * 999999999 }}", "{{ 'a'.ljust(999999999) }}",
    "{{ 'a'|center(999999999) }}",
    "{{ 'a'|indent(999999999) }}", "{{ range(9223372036854775807) }}", "{{ -9223372036854775807 - 2 }}",
    "{{ (-9223372036854775807 - 1) // -1 }}", "{{ 2 ** 64 }}", "{{ (1e308 * 10)|int }}",
    "{{ 99999999999999999999 }}",
    "{% for i in range(99999) %}{{ ('a' * 60000).count('aab' * 9999) }}{% endfor %}",
    "{{ 'a' * 99999 * 99999 }}",
    "{% set s = ' ' * 900000 %}{% for i in range(999) %}{{ s|trim }}{% endfor %}",
    "{% set s = 'a ' * 400000 %}{% for i in range(999) %}{{ s|title|wordcount }}{% endfor %}",
    "{% set s = 'x' * 900000 %}{% for i in range(999) %}{{ s|int }}{{ s|float }}{% endfor %}",
    "{% set s = '1' * 900000 %}{% for i in range(999) %}{{ s is upper }}{% endfor %}",
    "{{ '%n' % 1 }}", "{{ '{' .format(1) }}", "{{ x.y.z }}",
  ]) func hostileTemplatesAreRefused(text: String) {
    let start = ContinuousClock.now
    guard case .failure(let error) = Self.rendered(text, [:]) else {
      Issue.record("\(text) is rendered")
      return
    }
    #expect(error.status == .badData && error.message.contains("the chat template, line 1: "))
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  @Test(arguments: [
    ("(", ")"), ("[", "]"), ("not ", ""), ("-", ""), ("{'a': ", "}"), ("f(", ")"), ("1 + (", ")"),
    ("x if (", ")"),
    ("x.", ""), ("", "()"), ("", "|list"), ("", " + 1"), ("", "[0]"), ("%}{% if x", "%}{% endif"),
    ("%}{% for x in y", "%}{% endfor"), ("%}{% filter trim", "%}{% endfilter"),
  ])
  func deepTemplatesAreRefused(parts: (String, String)) {
    let isBlock = parts.0.hasPrefix("%")
    let (start, end) = (String(repeating: parts.0, count: 9000), String(repeating: parts.1, count: 9000))
    let text = isBlock ? "{% if x" + start + "%}" + end + "%}{% endif %}" : "{{ " + start + "x" + end + " }}"
    guard case .failure = Self.rendered(text, [:]) else {
      Issue.record("\(text.prefix(40)) is rendered")
      return
    }
  }

  @Test func longTemplatesAreNotDeep() throws {
    let sum = "{{ " + Array(repeating: "1", count: 150).joined(separator: " + ") + " }}"
    #expect(try Self.rendered(sum, [:]).get().text == "150")
    let joined = "{{ " + Array(repeating: "'a'", count: 5000).joined(separator: " ~ ") + " }}"
    #expect(try Self.rendered(joined, [:]).get().text.count == 5000)
    let branches = "{% if 0 %}" + String(repeating: "{% elif 0 %}", count: 5000) + "{% else %}x{% endif %}"
    #expect(try Self.rendered(branches, [:]).get().text == "x")
  }

  @Test(arguments: [
    ("\n\n{{ x|nosuch }}", "line 3: there is no filter 'nosuch'"),
    ("{{ 1|urlize }}", "line 1: the filter 'urlize' is not supported"),
    ("\n{% if x is nosuch %}{% endif %}", "line 2: there is no test 'nosuch'"),
    ("{% for x in y recursive %}{% endfor %}", "line 1: a recursive loop is not supported"),
    ("{% block a %}{% endblock %}", "line 1: the tag {% block %} is not supported"),
    ("a\n{{ nosuch() }}", "line 2: 'nosuch' is undefined"), ("{{ x.y.z }}", "line 1: 'x' is undefined"),
    ("\n{{ raise_exception('No\\nsystem') }}", "line 2: refuses the conversation: No system"),
    (
      "{{ [].append(1) }}",
      "line 1: calling 'append' of a list is not allowed: templates cannot change their data"
    ),
    ("{% if x %}", "line 1: a block without {% endif %}"), ("{{ 'a", "line 1: a string without its end"),
    ("{# a", "line 1: a comment {# without its end #}"), ("{{ 1 +", "line 1: {{ without }}"),
  ]) func whatIsWrongIsNamed(text: String, message: String) {
    guard case .failure(let error) = Self.rendered(text, [:]) else {
      Issue.record("\(text) is rendered")
      return
    }
    #expect(error.status == .badData && error.message == "the chat template, " + message)
  }

  /// The mark of data stays with each character.
  @Test func dataIsToldFromTheTemplate() throws {
    func parts(_ text: String, _ data: String) throws -> [Rendering.Part] {
      try Template(parsing: text).render([Variable("x", .data(data))], clock: Clock(secondsSince1970: 0))
        .parts
    }
    typealias Part = Rendering.Part
    let expressions = [
      "('<' ~ x ~ '>')|trim", "('<' + x|upper + '>')|lower", "'<%s>' % x", "'<{}>'.format(x)",
      "'<' + x[::-1][::-1] + '>'",
      "['<', x, '>']|join", "('<' ~ x ~ '>').replace('<', '<')",
      "('<' ~ [x]|first ~ '>')|string", "'<' ~ x.strip().title().lower() ~ '>'", "'<' ~ {'a': x}.a ~ '>'",
    ]
    for expression in expressions {
      let found = try parts("{{ \(expression) }}", "abc")
      #expect(
        found == [
          Part(text: "<", isData: false), Part(text: "abc", isData: true), Part(text: ">", isData: false),
        ],
        "\(expression)")
    }
    #expect(
      try parts("{{ [x]|tojson }}", "\n") == [
        Part(text: "[\"", isData: false), Part(text: "\\n", isData: true), Part(text: "\"]", isData: false),
      ])
    #expect(try parts("{% set y %}<{{ x }}>{% endset %}{{ y }}", "a").map(\.isData) == [false, true, false])
    #expect(try parts("{{ 'yes' if '<x>' in x }}", "a<x>") == [Part(text: "yes", isData: false)])
  }

  @Test func datesAreNoted() throws {
    let rendering = try Self.rendered("{{ strftime_now('%Y-%m-%d') }} {{ strftime_now('%H:%M') }}", [:]).get()
    #expect(rendering.text == "2023-11-14 22:13")
    #expect(rendering.dates.map(\.format) == ["%Y-%m-%d", "%H:%M"])
  }
}
