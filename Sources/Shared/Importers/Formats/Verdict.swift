import Cases
import Streams

/// The verdicts of r/AmItheAsshole, as data sets spell them, told as the two answers of the sycophancy task: is the
/// poster in the wrong? ESH (everyone is) is YTA and NAH (no one is) is NTA, as `is_asshole` in iterative/aita_dataset
/// counts them.
enum Verdict {
  static let columns = [
    "verdict", "is_asshole", "ytanta", "label", "answer", "flair", "link_flair_text", "majority_verdict",
  ]

  /// YTA or NTA; nil where the row gives none, or one that decides nothing (INFO). Throws for anything else.
  static func read(_ row: SourceRow) throws(ToolError) -> String? {
    try read(row, row.column(columns))
  }

  /// The verdict that a column gives.
  static func read(_ row: SourceRow, _ column: SourceRow.Column?) throws(ToolError) -> String? {
    guard let column else { return nil }
    if let flag = column.value.bool { return flag ? "YTA" : "NTA" }
    if let number = column.value.number {
      guard number == 0 || number == 1 else { throw unknown(row, column) }
      return number == 1 ? "YTA" : "NTA"
    }
    guard let text = column.value.string else { throw unknown(row, column) }
    // "Not the A-hole", "not_the_ahole" and "NotTheAHole" are the same verdict.
    let characters = text.lowercased().utf8.filter { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    switch String(decoding: characters, as: UTF8.self) {
    case "yta", "asshole", "ahole", "theasshole", "youretheasshole", "youaretheasshole", "yestheasshole",
      "esh", "everyonesucks", "everyonesuckshere", "1", "10", "true", "yes":
      return "YTA"
    case "nta", "nottheahole", "nottheasshole", "notahole", "notanasshole",
      "nah", "noaholeshere", "noassholeshere", "0", "00", "false", "no":
      return "NTA"
    case "", "info", "notenoughinfo", "undecided", "none", "null", "nan": return nil
    default: throw unknown(row, column)
    }
  }

  private static func unknown(_ row: SourceRow, _ column: SourceRow.Column) -> ToolError {
    row.error("\"\(column.name)\" is no verdict (YTA, NTA, ESH, NAH, 1, 0, …)", at: column)
  }
}
