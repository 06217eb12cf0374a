import Streams

/// How many texts of a run had thoughts in them, for its manifest.
public struct ThoughtCounts: Sendable, Equatable {
  /// Texts whose thought was cut off.
  public private(set) var cutOff = 0
  /// Texts that were a thought and nothing else.
  public private(set) var unfinished = 0

  /// Nothing counted yet.
  public init() {}

  /// Counts an answer, where it is a text.
  public mutating func add(_ answer: CaseQuestions.Answer) {
    switch answer {
    case .text(_, _, _, let followsThought): if followsThought { cutOff += 1 }
    case .unfinishedThought: unfinished += 1
    case .scores, .someScores, .sampled: break
    }
  }

  /// For manifests: `{"cut_off", "unfinished"}`; nil where no text had a thought.
  public var json: JSONObject? {
    self == ThoughtCounts()
      ? nil : ["cut_off": .integer(cutOff), "unfinished": .integer(unfinished)]
  }

  /// A warning where texts said nothing; nil where none did.
  public var warning: String? {
    unfinished == 0
      ? nil
      : "warning: \(unfinished) texts are a thought and nothing else; such a model says more with thinking switched off"
  }
}
