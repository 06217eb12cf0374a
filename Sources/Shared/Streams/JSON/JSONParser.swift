import CJansson

/// JSON text → `JSON`, read by jansson: keys keep their order, a key that is there twice is an error, nesting
/// deeper than jansson's limit (2,048) is an error, and so is invalid UTF-8. Numbers keep their own digits
/// (`NumberLiterals`).
extension JSON {
  /// The value that the text holds, and nothing after it but white space.
  /// - Throws: `ToolError` (65) with jansson's reason; its position, where one is given, has the line counted
  ///   on from `position.line` and the column in bytes.
  public static func parse(_ text: some Collection<UInt8>, at position: SourcePosition? = nil)
    throws(ToolError) -> JSON
  {
    let parsed = text.withContiguousStorageIfAvailable { bytes in
      Result { () throws(ToolError) -> JSON in try parse(bytes, at: position) }
    }
    if let parsed { return try parsed.get() }
    return try parse(Array(text), at: position)
  }

  /// The value that a string of JSON text holds.
  public static func parse(_ text: String, at position: SourcePosition? = nil) throws(ToolError) -> JSON {
    try parse(Array(text.utf8), at: position)
  }

  /// The value that a small file, such as a configuration, holds.
  /// - Throws: `ToolError`: 66 where it is missing, 74 where it cannot be read, 65 where it is not JSON; with the
  ///   file, line and column.
  public static func parse(file path: String) throws(ToolError) -> JSON {
    try parse(readFile(path), at: SourcePosition(file: path, line: 1))
  }

  private static func parse(_ bytes: UnsafeBufferPointer<UInt8>, at position: SourcePosition?)
    throws(ToolError) -> JSON
  {
    let flags = JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL
    var failure = json_error_t()
    var literals = NumberLiterals(bytes)
    // jansson refuses a null pointer, which is what an empty array has, with an error of its own kind.
    func load(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeMutablePointer<json_t>? {
      guard let base = UnsafeRawPointer(bytes.baseAddress) else { return nil }
      return json_loadb(base.assumingMemoryBound(to: CChar.self), bytes.count, Int(flags), &failure)
    }
    let root =
      literals.oversized.isEmpty
      ? load(bytes) : literals.withoutOversized(bytes).withUnsafeBufferPointer(load)
    guard let root else {
      throw parseError(failure, isEmpty: bytes.isEmpty, at: position)
    }
    defer { json_decref(root) }
    return JSON(copying: root, &literals)
  }

  private static func parseError(_ failure: json_error_t, isEmpty: Bool, at position: SourcePosition?)
    -> ToolError
  {
    if isEmpty { return .badData("empty text is not JSON", at: position) }
    let reason = withUnsafeBytes(of: failure.text) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    // The reason quotes the input; what would break the line or garble a terminal is replaced.
    let printable = reason.unicodeScalars.map { scalar in
      scalar.properties.generalCategory == .control ? "\u{FFFD}" : String(scalar)
    }.joined()
    var place = position
    if let line = position?.line {
      place?.line = line + max(0, Int(failure.line) - 1)
      // jansson counts the column in characters; on the first line its byte offset is the column in bytes.
      place?.column = failure.line > 1 ? max(1, Int(failure.column)) : max(1, Int(failure.position))
    }
    return .badData("invalid JSON: \(printable)", at: place)
  }

  /// A copy of jansson's value, visited in the order of the text, in which jansson keeps members. The recursion is
  /// as deep as the value, which the parser has limited.
  fileprivate init(copying value: UnsafeMutablePointer<json_t>, _ literals: inout NumberLiterals) {
    switch value.pointee.type {
    case JSON_OBJECT: self = .object(JSONObject(copying: value, &literals))
    case JSON_ARRAY:
      let count = json_array_size(value)
      var elements: [JSON] = []
      elements.reserveCapacity(count)
      for index in 0..<count {
        if let element = json_array_get(value, index) { elements.append(JSON(copying: element, &literals)) }
      }
      self = .array(elements)
    case JSON_STRING:
      self = .string(String(copying: json_string_value(value), count: json_string_length(value)))
    case JSON_INTEGER:
      self = literals.next().map { .literal($0) } ?? .integer(Int(json_integer_value(value)))
    case JSON_REAL: self = literals.next().map { .literal($0) } ?? .real(json_real_value(value))
    case JSON_TRUE: self = .bool(true)
    case JSON_FALSE: self = .bool(false)
    default: self = .null
    }
  }
}

extension JSONObject {
  fileprivate init(copying object: UnsafeMutablePointer<json_t>, _ literals: inout NumberLiterals) {
    self.init()
    reserveCapacity(json_object_size(object))
    var iterator = json_object_iter(object)
    while let current = iterator {
      let key = String(copying: json_object_iter_key(current), count: json_object_iter_key_len(current))
      if let value = json_object_iter_value(current) {
        appendUnchecked(key: key, value: JSON(copying: value, &literals))
      }
      iterator = json_object_iter_next(object, current)
    }
  }
}

extension String {
  /// A copy of bytes that jansson has found to be UTF-8.
  fileprivate init(copying characters: UnsafePointer<CChar>?, count: Int) {
    let bytes = UnsafeRawBufferPointer(start: characters, count: characters == nil ? 0 : count)
    self.init(decoding: bytes, as: UTF8.self)
  }
}
