import Cases
import Streams

/// Task files: JSON → `TaskDefinition`. docs/task-files.md has the keys.
extension TaskDefinition {
  static let schema = "task/1"

  private static let keys = [
    "schema", "name", "summary", "rows", "system", "prompt", "readout", "classifier", "features",
    "insertion", "explanation",
  ]

  /// Reads a task file.
  /// - Parameters:
  ///   - bytes: its text.
  ///   - file: its name, for messages.
  /// - Throws: `ToolError` (65) with file, line and column where it is no JSON, else with the file and the
  ///   path of the key that is wrong.
  public init(parsing bytes: some Collection<UInt8>, file: String) throws(ToolError) {
    let json = try JSON.parse(bytes, at: SourcePosition(file: file, line: 1))
    do throws(ToolError) {
      try self.init(KeyedObject(json, path: "", keys: Self.keys))
    } catch {
      throw error.located(at: SourcePosition(file: file))
    }
  }

  private init(_ file: KeyedObject) throws(ToolError) {
    let schema = try file.string("schema")
    guard schema == Self.schema else {
      throw file.error("schema", "is \"\(schema)\", expected \"\(Self.schema)\"")
    }
    name = try Self.name(file.string("name"), path: "name")
    summary = try file.optionalString("summary") ?? ""
    guard !summary.contains(where: { $0.isNewline || $0 == "\t" }) else {
      throw file.error("summary", "is more than one line, or holds a tab")
    }
    classifier = try file.value("classifier").map { value throws(ToolError) in
      try PhraseClassifier(value, path: "classifier")
    }
    let readout = try ReadoutTemplate(file.required("readout"), classifier: classifier)
    self.readout = readout
    (rows, keptColumns) = try RowShape.read(file.required("rows"), readout: readout)
    system = try file.value("system") == nil ? nil : file.string("system")
    let prompt = try Self.prompt(file, rows)
    self.prompt = prompt
    features = try FeatureKind.read(file)
    insertion = try file.value("insertion").map { value throws(ToolError) in
      try Insertion(value, readout: readout, paragraphs: prompt.count)
    }
    explanation = try file.value("explanation").map(ExplanationTemplates.init) ?? .standard
    try check(file)
  }

  /// What no part can see by itself.
  private func check(_ file: KeyedObject) throws(ToolError) {
    let inserts = features.contains { $0.source == .inserted }
    if insertion != nil, !inserts {
      throw file.error("insertion", "no kind of \"features\" has \"find\": \"inserted\"")
    }
    if inserts, insertion == nil {
      throw file.error("insertion", "missing, and a kind of \"features\" has \"find\": \"inserted\"")
    }
  }

  private static func prompt(_ file: KeyedObject, _ rows: RowShape) throws(ToolError) -> [Paragraph] {
    var paragraphs: [Paragraph] = []
    for (path, value) in try file.elements("prompt") {
      let paragraph = Paragraph(try KeyedObject.string(value, path: path))
      for field in paragraph.fields where !rows.fields.contains(field) {
        let known = rows.fields.joined(separator: ", ")
        throw KeyedObject.error(path, "no field {\(field)} in the rows (fields: \(known))")
      }
      paragraphs.append(paragraph)
    }
    let main = rows.mainField
    guard paragraphs.flatMap(\.fields).count(where: { $0 == main }) == 1 else {
      throw file.error("prompt", "must hold {\(main)} exactly once, the text in which features are found")
    }
    return paragraphs
  }

  /// A name that can be part of ids and of lists: a letter, then letters, digits, `_`, `-`.
  static func name(_ text: String, path: String) throws(ToolError) -> String {
    guard text.wholeMatch(of: /[A-Za-z][A-Za-z0-9_\-]*/) != nil else {
      throw KeyedObject.error(path, "\"\(text)\" is not a letter and then letters, digits, _ and -")
    }
    return text
  }
}
