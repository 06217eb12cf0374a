import Cases

/// How B(M, x) is read.
public enum ReadoutTemplate: Equatable, Sendable {
  /// `choice` among the letters of the row's options.
  case letters(prefill: String, reading: ChoiceReading = ChoiceReading())
  /// `choice` among the texts of the row's options, of which none is longer than `longest` UTF-8 bytes; nil
  /// for any length.
  case texts(prefill: String, reading: ChoiceReading, longest: Int? = nil)
  /// The same for every row.
  case fixed(Readout)

  /// The answers, where they are the same for every row.
  var answers: [String]? {
    switch self {
    case .letters, .texts: nil
    case .fixed(let readout): readout.answers
    }
  }

  /// The readout of a row: `choices` are what `choices(among:)` makes of its options.
  func readout(choices: [String]) -> Readout {
    switch self {
    case .letters(let prefill, let reading), .texts(let prefill, let reading, _):
      .choice(prefill: prefill, choices: choices, reading: reading)
    case .fixed(let readout): readout
    }
  }

  /// The answers among a row's options, in their order: their letters, or with `texts` themselves. Throws
  /// `Drop` where they cannot be told apart in an explanation.
  func choices(among options: [String]) throws(Drop) -> [String] {
    guard (2...26).contains(options.count) else { throw .optionCount }
    guard case .texts(_, _, let longest) = self else {
      return options.indices.map { String(UnicodeScalar(UInt8(ascii: "A") + UInt8($0))) }
    }
    for (index, option) in options.enumerated() {
      guard !option.isEmpty, !options[..<index].contains(option) else { throw .optionsAlike }
      guard !option.contains("<<<"), !option.contains(">>>") else { throw .markedOption }
      if let longest, option.utf8.count > longest { throw .longOption }
    }
    return options
  }

  /// How a prompt lists a row's options, a line each: `A. text`, or `- text` where the text itself is the
  /// answer.
  func list(_ options: [String], choices: [String]) -> String {
    if case .texts = self { return Self.list(choices) }
    return zip(choices, options).map { "\($0). \($1)" }.joined(separator: "\n")
  }

  /// Answers as a prompt or a question lists them where they stand for themselves.
  static func list(_ answers: [String]) -> String { answers.map { "- \($0)" }.joined(separator: "\n") }
}
