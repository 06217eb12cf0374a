import Streams

/// Where a feature stands: UTF-8 bytes `start..<end` of one message's content.
public struct FeatureSpan: Equatable, Sendable {
  /// Index of the message in x, from 0.
  public var message: Int
  /// Byte offset from the beginning of the message's content, from 0.
  public var start: Int
  /// The byte after the last.
  public var end: Int

  /// Whether the bytes lie in a message is for `Feature.check(against:)`.
  public init(message: Int, start: Int, end: Int) {
    self.message = message
    self.start = start
    self.end = end
  }
}

/// A removable part C of an input x, with the counterfactual x∖C written out (paper: "feature",
/// "counterfactual").
public struct Feature: Equatable, Sendable {
  /// Unique within its case.
  public var id: String
  /// `hint`, `stance`, `sentence`, `phrase`, `trigger`, or a task file's own.
  public var kind: String
  /// What the span holds, exactly.
  public var text: String
  /// Where C stands in x.
  public var span: FeatureSpan
  /// x∖C: x without the span, and at most white space beside it; without a system message that it leaves
  /// empty.
  public var messages: [Message]

  /// A feature as it is; whether span and counterfactual fit x is not checked here.
  public init(id: String, kind: String, text: String, span: FeatureSpan, messages: [Message]) {
    self.id = id
    self.kind = kind
    self.text = text
    self.span = span
    self.messages = messages
  }
}

extension Feature {
  /// Reads one entry of `features`; throws `ToolError` (65) where a key is missing or of another type.
  /// Whether the span and the counterfactual fit x is `check(against:)`.
  init(json: JSON) throws(ToolError) {
    guard let object = json.object else {
      throw .badData("a feature is \(json.typeWithArticle), expected an object")
    }
    id = try object.nonEmptyString("id")
    kind = try object.nonEmptyString("kind")
    text = try object.string("text")
    span = try within("span") { () throws(ToolError) in
      let span = try object.object("span")
      return FeatureSpan(
        message: try span.integer("message"), start: try span.integer("start"), end: try span.integer("end"))
    }
    messages = try Message.list(in: object)
  }

  var json: JSON {
    [
      "id": .string(id), "kind": .string(kind), "text": .string(text),
      "span": [
        "message": .integer(span.message), "start": .integer(span.start), "end": .integer(span.end),
      ],
      "messages": .array(messages.map(\.json)),
    ]
  }
}
