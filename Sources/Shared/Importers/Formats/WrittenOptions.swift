import Streams

/// The options that stand in a prompt's own text, a line each, in the last run of lines that begin with A, B, C and so
/// on, marked alike: `(A) …`, `A) …`, `A. …` or `A: …`.
struct WrittenOptions {
  /// Empty where there are no options.
  private(set) var letters: [String] = []
  /// The byte at which the line begins that announces or begins the options; the text's length where there are none.
  private(set) var start: Int

  init(in text: String) {
    start = text.utf8.count
    let lines = text.utf8.split(separator: .lineFeed, omittingEmptySubsequences: false)
    var firstLine: Int?
    for mark in Mark.allCases {
      var run: (letters: [String], firstLine: Int) = ([], 0)
      for (number, line) in lines.enumerated() {
        guard let letter = mark.letter(ofLine: line) else { continue }
        if letter == UInt8(ascii: "A") { run = ([], number) }
        if Int(letter) == Int(UInt8(ascii: "A")) + run.letters.count {
          run.letters.append(String(UnicodeScalar(letter)))
        }
      }
      if run.letters.count > letters.count { (letters, firstLine) = run }
    }
    guard letters.count >= 2, var first = firstLine else {
      letters = []
      return
    }
    if let announcing = lines[..<first].lastIndex(where: { !$0.allSatisfy(\.isJSONSpace) }),
      Self.announcesOptions(lines[announcing])
    {
      first = announcing
    }
    start = lines[..<first].reduce(0) { $0 + $1.count + 1 }
  }

  /// What stands before the options in the text that they were found in; the whole where that is nothing.
  func question(in text: String) -> String {
    let alone = String(decoding: text.utf8.prefix(start), as: UTF8.self).trimmed
    return alone.isEmpty ? text : alone
  }

  /// A text without the options that it holds.
  static func questionAlone(_ text: String) -> String { WrittenOptions(in: text).question(in: text) }

  private static func announcesOptions(_ line: Substring.UTF8View) -> Bool {
    let text = line.drop { $0.isJSONSpace }
    return ["Answer choices", "Choices:", "Options:"].contains { text.starts(with: $0.utf8) }
  }

  /// How a letter is told from the text behind it.
  private enum Mark: CaseIterable {
    case brackets, bracket, fullStop, colon

    /// The capital letter that a line begins with, marked so.
    func letter(ofLine line: Substring.UTF8View) -> UInt8? {
      let start = Array(line.drop { $0.isJSONSpace }.prefix(3))
      let opening = self == .brackets ? 1 : 0
      if self == .brackets, start.first != UInt8(ascii: "(") { return nil }
      let closing: UInt8 =
        switch self {
        case .brackets, .bracket: UInt8(ascii: ")")
        case .fullStop: UInt8(ascii: ".")
        case .colon: UInt8(ascii: ":")
        }
      guard start.count > opening + 1, start[opening + 1] == closing,
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(start[opening])
      else { return nil }
      return start[opening]
    }
  }
}
