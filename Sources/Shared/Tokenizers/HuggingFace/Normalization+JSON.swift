import Streams

/// The `normalizer` of tokenizer.json.
extension Normalization {
  /// Throws `ToolError` (65) naming what is not known.
  init(json: JSON) throws(ToolError) {
    if json.isNull { return }
    switch json["type"]?.string ?? "of no type" {
    case "Sequence":
      for step in json["normalizers"]?.array ?? [] { steps += try Normalization(json: step).steps }
    case "NFC": steps = [.nfc]
    case "NFD": steps = [.nfd]
    case "NFKC": steps = [.nfkc]
    case "NFKD": steps = [.nfkd]
    case "Lowercase": steps = [.lowercase]
    case "Prepend":
      guard let text = json["prepend"]?.string else { throw Self.unknown("Prepend without \"prepend\"") }
      steps = [.prepend(text)]
    case "Replace":
      guard let old = json["pattern"]?["String"]?.string, !old.isEmpty, let new = json["content"]?.string
      else { throw Self.unknown("Replace of \(json["pattern"].map { Self.text($0) } ?? "nothing")") }
      steps = [.replace(old, with: new)]
    case let type: throw Self.unknown(type)
    }
    guard growth <= Self.mostGrowth else {
      throw .badData("has a normalizer that makes text over \(Int(Self.mostGrowth)) times as long")
    }
  }

  /// A space becomes three bytes in models known; a few replacements of a hostile file make gigabytes of a line.
  private static let mostGrowth = 64.0

  /// How many times as long a text may become.
  private var growth: Double {
    steps.reduce(1) { growth, step in
      guard case .replace(let old, let new) = step else { return growth }
      return growth * max(1, Double(new.utf8.count) / Double(old.utf8.count))
    }
  }

  private static func unknown(_ what: String) -> ToolError {
    .badData(
      "has the unknown normalizer \(what); known are NFC, NFD, NFKC, NFKD, Lowercase, Prepend, Replace of a String "
        + "and a Sequence of these")
  }

  private static func text(_ json: JSON) -> String {
    (try? json.serialized()).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// The description from which `tokenizers` makes the same normalizer.
  var json: JSON {
    let steps = steps.map { step -> JSON in
      switch step {
      case .nfc: ["type": "NFC"]
      case .nfd: ["type": "NFD"]
      case .nfkc: ["type": "NFKC"]
      case .nfkd: ["type": "NFKD"]
      case .lowercase: ["type": "Lowercase"]
      case .prepend(let text): ["type": "Prepend", "prepend": .string(text)]
      case .replace(let old, let new):
        ["type": "Replace", "pattern": ["String": .string(old)], "content": .string(new)]
      }
    }
    switch steps.count {
    case 0: return .null
    case 1: return steps[0]
    default: return ["type": "Sequence", "normalizers": .array(steps)]
    }
  }
}
