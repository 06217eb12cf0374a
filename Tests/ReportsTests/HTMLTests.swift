import Reports
import Streams
import Testing

@Suite struct HTMLTests {
  @Test func stringsAreTextAndHTMLIsMarkup() {
    let hostile = "</b><script>\"it's\" & more"
    let inner: HTML = "<i>\(hostile)</i>"
    let outer: HTML = "<b title=\"\(hostile)\">\(inner)\(3)\([inner, inner].count)</b>"
    let text = "&lt;/b&gt;&lt;script&gt;&quot;it&#39;s&quot; &amp; more"
    #expect(outer.markup == "<b title=\"\(text)\"><i>\(text)</i>32</b>")
  }

  @Test func piecesFollowOneAnother() {
    let parts = ["<", "b"].map { part -> HTML in "<td>\(part)</td>" }
    let row: HTML = "<tr>\(parts)</tr>"
    #expect(row.markup == "<tr><td>&lt;</td><td>b</td></tr>")
    #expect(HTML(parts) + row == "\(parts)\(row)")
  }

  @Test func charactersThatAPageWouldChangeAreKept() {
    let html: HTML = "\("a\r\nb\0c\u{2028}🙂")"
    #expect(html.markup == "a&#13;\nb\u{FFFD}c\u{2028}🙂")
  }

  @Test(arguments: ["</script>", "<!--<script>", "]]>", "\"\\\u{2028}\u{1}", "</SCRIPT ><"])
  func embeddedJSONHasNoMarkupAndReadsBack(_ text: String) throws {
    let value: JSON = [.string(text), ["\(text)": 1]]
    let bytes = try value.embeddable()
    #expect(!bytes.contains(UInt8(ascii: "<")))
    #expect(try JSON.parse(bytes) == value)
  }

  @Test func commandsAreQuotedForAShell() {
    #expect(shellCommand(["xp-score", "--by", "a b", "it's", ""]) == "xp-score --by 'a b' 'it'\\''s' ''")
  }
}
