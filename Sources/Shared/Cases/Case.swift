import Streams

/// The record that the four tools exchange: an input x, its features with their counterfactuals, and what checkpoints
/// did and said about it. `json` is the whole record, so that unknown keys pass through untouched and in order; the
/// typed properties are a checked view of it.
public struct Case: Sendable {
  /// The value of the key `schema`; a record with another one is refused.
  public static let schema = "case/1"

  /// Names row and variant; unique in a stream.
  public let id: String
  /// Which task the case is of: `hint`, `sycophancy`, `refusal`, or a task file's name.
  public let task: String
  /// nil where the record names none: such a case is trained on and scored whatever the split.
  public let split: Split?
  /// The hash of the item's normalised text: the unit of splitting and of clustering. nil without `source.item`.
  public let sourceItem: String?
  /// The input x, at least one message.
  public let messages: [Message]
  /// How B(M, x) and B(M, x∖C) are read.
  public let readout: Readout
  /// The removable parts C in the order of the record; may be empty.
  public let features: [Feature]
  /// The whole record; `setBehavior` and `setExplanations` write into it.
  public internal(set) var json: JSONObject
}

extension Case {
  /// Reads one record of a stream and checks it: required keys and their types, roles, choices, and that each
  /// feature's span holds its text and its counterfactual is x without it. Throws `ToolError` (65) saying which key.
  public init(json: JSON) throws(ToolError) {
    guard let object = json.object else {
      throw .badData("a case is \(json.typeWithArticle), expected an object")
    }
    if ["schema", "id", "readout", "features"].allSatisfy({ object[$0] == nil }), !object.isEmpty {
      let keys = object.keys.prefix(4).map { "\"\($0)\"" }.joined(separator: ", ")
      throw .badData("this is no case but a row (\(keys)); cf-gen makes cases of rows")
    }
    let schema = try object.string("schema")
    guard schema == Case.schema else {
      throw .badData("schema is \"\(schema)\", expected \"\(Case.schema)\"")
    }
    id = try object.nonEmptyString("id")
    task = try object.nonEmptyString("task")
    split = try Case.split(in: object)
    sourceItem = try object.optionalObject("source")?.optionalString("item")
    _ = try object.optionalObject("behaviors")
    _ = try object.optionalObject("explanations")
    messages = try Message.list(in: object)
    let readoutRecord = try object.object("readout")
    readout = try within("readout") { () throws(ToolError) in try Readout(json: readoutRecord) }
    features = try Case.features(in: object, of: messages)
    self.json = object
  }

  private static func split(in object: JSONObject) throws(ToolError) -> Split? {
    guard let name = try object.optionalString("split") else { return nil }
    guard let split = Split(rawValue: name) else {
      let known = Split.allCases.map(\.rawValue).joined(separator: ", ")
      throw .badData("split is \"\(name)\", expected one of \(known)")
    }
    return split
  }

  /// `Message.list(in:)` of a row to train on.
  public static func messages(in object: JSONObject) throws(ToolError) -> [Message] {
    try Message.list(in: object)
  }

  private static func features(in object: JSONObject, of x: [Message]) throws(ToolError) -> [Feature] {
    var features: [Feature] = []
    var ids: Set<String> = []
    for (index, value) in try object.array("features").enumerated() {
      features.append(
        try within("features[\(index)]") { () throws(ToolError) in
          let feature = try Feature(json: value)
          guard ids.insert(feature.id).inserted else { throw .badData("duplicate id \"\(feature.id)\"") }
          try feature.check(against: x)
          return feature
        })
    }
    return features
  }
}
