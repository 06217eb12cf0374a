import Streams
import Testing

@Suite struct PrintableTextTests {
  @Test func controlsAreEscaped() {
    #expect("a\u{1B}[2J\u{7}\u{0}\u{9B}b".printable == #"a\u{1B}[2J\u{07}\0\u{009B}b"#)
    #expect("x\u{202E}y\u{2028}".printable == #"x\u{202E}y\u{2028}"#)
    for text in ["", "é 👩‍👩‍👧 ∖\t|", "\"x\""] { #expect(text.printable == text) }
    #expect("a\nb\r\nc".printableLine == "a b  c")
  }

  @Test func longNamesAreCut() {
    let name = String(repeating: "x", count: 300_000)
    #expect("key \"\(name)\" is wrong".printableLine == "key \"\(name.prefix(200))…\" is wrong")
    let long = name.printableLine
    #expect(long.count < 2_100 && long.hasPrefix("xxx") && long.contains(" … "))
    // Lists of names are not.
    let list = (0..<50).map { "\"name \($0)\"" }.joined(separator: ", ")
    #expect(list.printableLine == list)
  }
}
