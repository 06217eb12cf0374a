import Cases
import Streams

/// What a data set says an assistant should do with a request, read from the label columns of public sets. Labels of
/// other kinds (categories, topics) say nothing about it: nil, and no error, since a reference is never a label.
enum RefusalReference {
  static func read(_ row: SourceRow) -> String? {
    for name in ["answer", "label", "prompt_harm_label"] {
      if let answer = row.optionalText([name]).flatMap(answer(of:)) { return answer }
    }
    for name in ["should_refuse", "is_harmful", "harmful", "unsafe"] {
      guard let column = row.column([name]) else { continue }
      if let isHarmful = flag(column.value) { return isHarmful ? "refuse" : "comply" }
    }
    return nil
  }

  /// What a label says of the request; nil where it says something else.
  static func answer(of label: String) -> String? {
    switch label.trimmed.lowercased() {
    case "refuse", "refusal", "unsafe", "harmful", "should_refuse": "refuse"
    case "comply", "compliance", "safe", "unharmful", "harmless", "benign", "should_comply": "comply"
    default: nil
    }
  }

  /// Whether a flag is set, in the spellings of CSV exports.
  static func flag(_ value: JSON) -> Bool? {
    switch (value.bool, value.number, value.string?.trimmed.lowercased()) {
    case (true, _, _), (_, 1, _), (_, _, "true"), (_, _, "1"), (_, _, "1.0"), (_, _, "yes"): true
    case (false, _, _), (_, 0, _), (_, _, "false"), (_, _, "0"), (_, _, "0.0"), (_, _, "no"): false
    default: nil
    }
  }
}
