import Foundation
import Reports
import Streams
import Testing

@Suite struct FigureDirectoryTests {
  @Test func holdsWhatLiesInItHoweverItIsWritten() {
    let directory = FigureDirectory(path: "out/figures//", replaces: false)
    #expect(directory.path == "out/figures")
    for file in ["out/figures", "out/figures/", "./out/figures/page.html", "out/x/../figures/a/b.html"] {
      #expect(directory.holds(file), "\(file)")
    }
    for file in ["out/figures.html", "figures/page.html", "out", "out/figures/../page.html"] {
      #expect(!directory.holds(file), "\(file)")
    }
  }

  /// A directory that is there is replaced where that was asked for, and nothing but figures is in it.
  @Test func replacesFiguresAlone() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "figures-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try FigureDirectory(path: path, replaces: false).check()
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try Data().write(to: URL(filePath: "\(path)/figure-1.svg"))
    #expect(throws: ToolError.self) { try FigureDirectory(path: path, replaces: false).check() }
    try FigureDirectory(path: path, replaces: true).check()
    try Data().write(to: URL(filePath: "\(path)/thesis.tex"))
    #expect(throws: ToolError.self) { try FigureDirectory(path: path, replaces: true).check() }
  }
}
