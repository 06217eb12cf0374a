import Streams

/// Figures of the page as files: each an SVG that stands alone, and their captions in one text.
public struct FigureFiles: Sendable {
  /// By name: `figure-N.svg` has the number that the figure has on the page.
  public let files: [(name: String, bytes: [UInt8])]

  /// The file of the captions: a line a figure, its file's name, a tab, and the caption.
  public static let captionsName = "captions.txt"

  /// Whether a file of this name may be one of these.
  public static func isName(_ name: String) -> Bool {
    name == captionsName || (name.hasPrefix("figure-") && name.hasSuffix(".svg"))
  }
}

extension ReportPage {
  /// The figures of this page.
  public var figureFiles: FigureFiles {
    var captions = ""
    var files: [(name: String, bytes: [UInt8])] = []
    for (index, figure) in drawnFigures.enumerated() {
      let id = "figure-\(index + 1)"
      guard let svg = figure.chart.svg(id: id, place: .file) else { continue }
      files.append(("\(id).svg", Array(xmlText(svg.markup + "\n").utf8)))
      captions += "\(id).svg\t\(oneLine(figure.caption))\n"
    }
    return FigureFiles(files: files + [(FigureFiles.captionsName, Array(captions.utf8))])
  }
}

/// A text without line breaks and tabs.
private func oneLine(_ text: String) -> String {
  String(String.UnicodeScalarView(text.unicodeScalars.map { ["\n", "\r", "\t"].contains($0) ? " " : $0 }))
}

/// A text in which U+FFFD stands for the characters that XML 1.0 cannot hold, which HTML can.
private func xmlText(_ text: String) -> String {
  String(
    String.UnicodeScalarView(
      text.unicodeScalars.map { scalar in
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0xFFFD, 0x1_0000...: scalar
        default: "\u{FFFD}"
        }
      }))
}
