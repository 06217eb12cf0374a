import Reports
import Streams
import Testing

@Suite struct FigureFilesTests {
  private let arms = ["both=M1,M2", "<one>=M1"]

  private func files(arms: [String]) throws -> [String: String] {
    let page = try reportPage(smallCases(), selves: ["M1", "M2"], arms: arms)
    return Dictionary(
      uniqueKeysWithValues: page.figureFiles.files.map {
        ($0.name, String(decoding: $0.bytes, as: UTF8.self))
      })
  }

  /// As many as the page shows, under the same numbers and captions.
  @Test func areTheFiguresOfThePage() throws {
    let files = try files(arms: arms)
    let page = try page(smallCases(), selves: ["M1", "M2"], arms: arms).replacing("&#39;", with: "'")
    let count = occurrences(of: "<figure>", in: page)
    #expect(count > 3 && files.count == count + 1)
    let captions = try #require(files["captions.txt"]).split(separator: "\n")
    #expect(captions.count == count)
    for (index, line) in captions.enumerated() {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
      #expect(cells.count == 2 && cells[0] == "figure-\(index + 1).svg")
      #expect(page.contains("Figure \(index + 1). \(cells[1])</figcaption>"))
      let svg = try #require(files[String(cells[0])])
      // What is drawn is what the page draws: all from the description on.
      let drawing = try #require(svg.firstRange(of: "</desc>")).lowerBound
      let ground = try #require(svg.firstRange(of: "height=\"100%\"/>")).upperBound
      #expect(page.contains(svg[ground...].dropLast().replacing("&#39;", with: "'")))
      #expect(page.contains(svg[..<drawing].suffix(40).replacing("&#39;", with: "'")))
    }
  }

  @Test func standAlone() throws {
    for (name, svg) in try files(arms: arms) where name != "captions.txt" {
      #expect(
        svg.hasPrefix("<svg class=\"chart\" xmlns=\"http://www.w3.org/2000/svg\" width=\"660.0\" height=\""))
      #expect(svg.hasSuffix("</svg>\n"))
      #expect(occurrences(of: "@media (prefers-color-scheme: dark) {", in: svg) == 1)
      for part in ["var(", "url(", "@import", "href", "<script", "\u{1}"] {
        #expect(!svg.contains(part), "\(name): \(part)")
      }
    }
  }

  /// A label's control character cannot be in XML; the page has it as it is.
  @Test func labelsAreText() throws {
    let svg = try #require(files(arms: ["both\t\u{1}=M1,M2", "<one>=M1"])["figure-2.svg"])
    #expect(svg.contains(">both\t\u{FFFD}</text>"))
    #expect(svg.contains(">&lt;one&gt;</text>"))
  }

  @Test func coloursAndDashesAreThoseOfThePage() throws {
    let page = try page(smallCases())
    let svg = try #require(files(arms: arms)["figure-1.svg"])
    for palette in [ChartStyle.light, ChartStyle.dark] {
      #expect(page.contains("--paper: \(palette.paper); --ink: \(palette.ink);"))
      let series = palette.series.enumerated().map { "--s\($0 + 1): \($1);" }.joined(separator: " ")
      #expect(page.contains(series))
      for (index, colour) in palette.series.enumerated() {
        #expect(svg.contains(".line.s\(index + 1), .whisker.s\(index + 1) { stroke: \(colour); }"))
      }
    }
    for style in ["s2", "s3", "s4", "s5", "s6"] {
      let rule = try #require(page.firstRange(of: ".whisker.\(style) { stroke: var(--\(style)); ")).upperBound
      let dashes = page[rule...].prefix { $0 != ";" }
      #expect(svg.contains(".line.\(style), .whisker.\(style) { \(dashes); }"))
    }
  }
}
