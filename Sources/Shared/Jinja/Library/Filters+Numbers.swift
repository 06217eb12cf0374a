import Glibc
import Streams

extension Filters {
  static let numbers: [String: Filter] = [
    "abs": { value, arguments, interpreter throws(ToolError) in
      try arguments.none("abs")
      guard let number = value.number else {
        throw .badData("abs needs a number, not a value of type \(value.typeName)")
      }
      if let integer = value.integer, integer >= 0 { return .integer(integer) }
      return number < 0 || number.sign == .minus ? try interpreter.negated(value) : value
    },
    "int": { value, arguments, interpreter throws(ToolError) in
      let values = try arguments.bound(to: ["default", "base"], of: "int")
      if case .undefined(let undefined) = value { throw .badData(undefined.message) }
      if let text = value.text { try interpreter.spend(on: text) }
      let fallback = values[0] ?? .integer(0)
      if let number = value.integer { return .integer(number) }
      if let text = value.text, let number = try parsed(text, base: integer(values[1], 10)) {
        return .integer(number)
      }
      guard let number = value.number ?? value.text.flatMap(parsedReal), number.isFinite else {
        if value.number?.isNaN == true || value.text.flatMap(parsedReal) != nil || value.number == nil {
          return fallback
        }
        throw .badData("int of an infinite number")
      }
      guard let truncated = Int(exactly: number.rounded(.towardZero)) else {
        throw .badData("an integer beyond 64 bits is not supported")
      }
      return .integer(truncated)
    },
    "float": { value, arguments, interpreter throws(ToolError) in
      let fallback = try arguments.bound(to: ["default"], of: "float")[0] ?? .real(0)
      if case .undefined(let undefined) = value { throw .badData(undefined.message) }
      if let text = value.text { try interpreter.spend(on: text) }
      return (value.number ?? value.text.flatMap(parsedReal)).map { .real($0) } ?? fallback
    },
    "round": round,
    "sum": { value, arguments, interpreter throws(ToolError) in
      let values = try arguments.bound(to: ["attribute", "start"], of: "sum")
      var sum = values[1] ?? .integer(0)
      if sum.text != nil { throw .badData("sum does not join strings") }
      for element in try interpreter.elements(of: value) {
        sum = try interpreter.calculate(.add, sum, attribute(values[0], of: element, interpreter))
      }
      return sum
    },
  ]

  /// Python's `int()` of a string, nil where it is none.
  private static func parsed(_ text: Text, base: Int) throws(ToolError) -> Int? {
    guard base == 10 else {
      guard [2, 8, 16].contains(base) else { throw .badData("int with the base \(base) is not supported") }
      let digits = text.stripped().string.lowercased()
      let prefix = [2: "0b", 8: "0o", 16: "0x"][base] ?? ""
      return Int(digits.hasPrefix(prefix) ? String(digits.dropFirst(2)) : digits, radix: base)
    }
    guard let digits = withoutUnderscores(text) else { return nil }
    if let number = Int(digits) { return number }
    let unsigned = digits.drop { $0 == "-" || $0 == "+" }
    if digits.count - unsigned.count <= 1, !unsigned.isEmpty,
      unsigned.allSatisfy({ $0.isASCII && $0.isNumber })
    {
      throw .badData("an integer beyond 64 bits is not supported")
    }
    return nil
  }

  /// Python's `float()` of a string, nil where it is none.
  private static func parsedReal(_ text: Text) -> Double? {
    guard let digits = withoutUnderscores(text)?.lowercased() else { return nil }
    let name = digits.drop { $0 == "-" || $0 == "+" }
    let isNamed = ["inf", "infinity", "nan"].contains(name) && digits.count - name.count <= 1
    let isNumber = digits.allSatisfy { "0123456789.e+-".contains($0) }
    guard isNamed || isNumber else { return nil }
    // Swift reads no number that ends in its point, or begins with it.
    var written = digits
    if let point = written.firstIndex(of: "."), isNumber {
      let next = written.index(after: point)
      let hasBefore = point > written.startIndex && written[written.index(before: point)].isNumber
      let hasAfter = next < written.endIndex && written[next].isNumber
      guard hasBefore || hasAfter else { return nil }
      if !hasAfter { written.insert("0", at: next) }
      if !hasBefore { written.insert("0", at: point) }
    }
    return Double(written)
  }

  /// Trimmed, without underscores between digits; nil where they stand elsewhere.
  private static func withoutUnderscores(_ text: Text) -> String? {
    let digits = Array(text.stripped().string)
    for (index, character) in digits.enumerated() where character == "_" {
      guard index > 0, index + 1 < digits.count, digits[index - 1].isNumber, digits[index + 1].isNumber else {
        return nil
      }
    }
    return String(digits.filter { $0 != "_" })
  }

  @Sendable private static func round(_ value: Value, _ arguments: Arguments, _ interpreter: Interpreter)
    throws(ToolError) -> Value
  {
    let values = try arguments.bound(to: ["precision", "method"], of: "round")
    let precision = try integer(values[0], 0)
    let method = values[1] == nil ? "common" : values[1]?.text?.string ?? ""
    if case .undefined(let undefined) = value { throw .badData(undefined.message) }
    guard let number = value.number else {
      throw .badData("round needs a number, not a value of type \(value.typeName)")
    }
    guard ["common", "ceil", "floor"].contains(method) else {
      throw .badData("round: method must be common, ceil or floor")
    }
    guard -300...300 ~= precision else { throw .badData("round to \(precision) digits is not supported") }
    if method == "common" {
      if let integer = value.integer, precision >= 0 { return .integer(integer) }
      guard precision >= 0 else { throw .badData("round to tens is not supported") }
      return .real(rounded(number, precision))
    }
    let scale = pow(10, Double(precision))
    let scaled = number * scale
    let result = (method == "ceil" ? scaled.rounded(.up) : scaled.rounded(.down)) / scale
    return .real(result)
  }

  /// To that many digits behind the point, as Python: exactly halfway to even.
  private static func rounded(_ number: Double, _ precision: Int) -> Double {
    guard number.isFinite else { return number }
    var buffer = [CChar](repeating: 0, count: 1024)
    let count = withVaList([Int32(precision), number]) { vsnprintf(&buffer, buffer.count, "%.*f", $0) }
    return Double(String(decoding: buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self))
      ?? number
  }
}
