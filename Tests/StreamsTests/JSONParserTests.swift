import Streams
import Testing

@Suite struct JSONParserTests {
  @Test func keepsOrderAndTypes() throws {
    let value = try JSON.parse(#" {"z": 1, "a": [true, false, null, -2.5, "x"], "m": {}, "é": ""} "#)
    #expect(value.object?.keys == ["z", "a", "m", "é"])
    #expect(value["z"] == .integer(1))
    #expect(value["a"] == .array([.bool(true), .bool(false), .null, .real(-2.5), .string("x")]))
    #expect(value["m"] == .object([:]))
    #expect(value["é"] == .string(""))
  }

  @Test func keepsIntegersAndRealsApart() throws {
    #expect(try JSON.parse("1") == .integer(1))
    #expect(try JSON.parse("1.0") == .real(1))
    #expect(try JSON.parse("9223372036854775807") == .integer(.max))
    #expect(try JSON.parse("-9223372036854775808") == .integer(.min))
    #expect(try JSON.parse("5e-324") == .real(.leastNonzeroMagnitude))
    #expect(try JSON.parse("1.7976931348623157e+308") == .real(.greatestFiniteMagnitude))
  }

  /// Numbers that would be written otherwise, or that 64 bits do not hold, come out as they went in, in their places.
  @Test func keepsTheDigitsOfNumbers() throws {
    let text = #"""
      {"a":1,"b":[1.50,1e5,-0,-0.0,0.10,"1e5 \" \\",12345678901234567890123,7],"1.0e1":-9223372036854775809,\#
      "c":{"d":1e999,"e":-1e-999,"f":2.5},"g":0.1000000000000000055511151231257827,"h":9223372036854775807}
      """#
    let value = try JSON.parse(text)
    #expect(String(decoding: try value.serialized(), as: UTF8.self) == text)
    let numbers = [1.5, 1e5, 0, -0.0, 0.1, nil, 1.2345678901234568e22, 7]
    #expect(value["b"]?.array?.map(\.number) == numbers)
    #expect(value["b"]?.array?.map(\.integer) == [nil, nil, 0, nil, nil, nil, nil, 7])
    #expect(value["c"]?["d"]?.number == nil)
    #expect(value["c"]?["f"] == .real(2.5))
    #expect(value["h"] == .integer(.max))
  }

  @Test func readsEscapes() throws {
    #expect(try JSON.parse(#""\u0000\b\f\n\r\t\"\\\/\u00e9\ud83d\ude00""#) == "\0\u{8}\u{C}\n\r\t\"\\/é😀")
  }

  @Test func keepsStringsByScalarAndNotByCanonicalForm() throws {
    let composed = try JSON.parse(#""\u00e9""#)
    let decomposed = try JSON.parse(#""e\u0301""#)
    #expect(composed.string?.utf8.count == 2)
    #expect(decomposed.string?.utf8.count == 3)
  }

  @Test(arguments: [
    ("", "empty"), ("{", "near end of file"), (#"{"a":1,"a":2}"#, "duplicate object key"),
    ("[1,]", "near ']'"),
    ("[1] 2", "end of file expected"), ("00000000000000000000001", "invalid token"), ("1e", "invalid token"),
    ("[1-2]", "near"), ("-", "invalid token"), ("nan", "invalid token"), ("\"\n\"", "unexpected newline"),
    (#""\ud800""#, "invalid Unicode"), (#"{"\u0000": 1}"#, "NUL byte in object key"),
    ("'a'", "invalid token"),
    ("{\"a\": \u{1}}", "invalid token"),
  ])
  func refuses(text: String, reason: String) {
    expectError(.badData, reason) { _ = try JSON.parse(text) }
  }

  @Test func refusesBytesThatAreNotUTF8() {
    for wrong: [UInt8] in [
      [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82], [0xF5, 0x80, 0x80, 0x80],
    ] {
      expectError(.badData) { _ = try JSON.parse([0x22] + wrong + [0x22]) }
    }
  }

  @Test func refusesDeepNestingAndReadsSome() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    expectError(.badData, "depth") { _ = try JSON.parse(nested(200_000)) }
    expectError(.badData, "depth") { _ = try JSON.parse(String(repeating: #"{"a":"#, count: 200_000)) }
    let deep = try JSON.parse(nested(2000))
    #expect(try deep.serialized() == Array(nested(2000).utf8))
  }

  @Test func givesThePositionOfTheError() throws {
    let position = SourcePosition(file: "in.jsonl", line: 7)
    expectError(.badData, "in.jsonl:7:7: invalid JSON") { _ = try JSON.parse(#"{"é":}"#, at: position) }
    try withTemporaryDirectory { directory in
      let path = "\(directory)/config.json"
      try put("{\n  \"a\": 1,\n  \"b\": x\n}\n", in: path)
      expectError(.badData, "config.json:3:8: invalid JSON") { _ = try JSON.parse(file: path) }
      try put("{\"a\": 1}\n", in: path)
      #expect(try JSON.parse(file: path) == ["a": 1])
      expectError(.missingInput, "none.json: cannot open") {
        _ = try JSON.parse(file: "\(directory)/none.json")
      }
    }
  }

  /// Prefixes of a valid text, and the text with any one byte changed, either parse or throw.
  @Test func survivesDamage() throws {
    let text = Array(#"{"id":"hint/1","n":[1,-2.5e3,true,null],"t":"é\n\ud83d\ude00","o":{"k":{}}}"#.utf8)
    for count in 0..<text.count {
      expectError(.badData) { _ = try JSON.parse(text[..<count]) }
    }
    var random = CounterRandom(seed: 1, "damage")
    for _ in 0..<20_000 {
      var damaged = text
      damaged[random.integer(below: text.count)] = UInt8(random.integer(below: 256))
      guard let value = try? JSON.parse(damaged) else { continue }
      #expect(try JSON.parse(value.serialized()) == value)
    }
  }
}
