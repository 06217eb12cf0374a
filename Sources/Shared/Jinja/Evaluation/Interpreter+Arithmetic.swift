import Glibc
import Streams

extension Interpreter {
  func calculate(_ kind: Arithmetic, _ left: Value, _ right: Value) throws(ToolError) -> Value {
    if let left = left.integer, let right = right.integer { return try calculate(kind, left, right) }
    if let left = left.number, let right = right.number { return try calculate(kind, left, right) }
    switch (kind, left, right) {
    case (_, .undefined(let undefined), _), (.add, _, .undefined(let undefined)),
      (.multiply, .integer, .undefined(let undefined)):
      throw .badData(undefined.message)
    case (.add, .text(let left), .text(let right)):
      return try spent(left + right)
    case (.add, .list(let left), .list(let right)): return try list(left.elements + right.elements)
    case (.add, .tuple(let left), .tuple(let right)): return try tuple(left.elements + right.elements)
    case (.multiply, _, _):
      if let times = right.integer, let value = try repeated(left, times) { return value }
      if let times = left.integer, let value = try repeated(right, times) { return value }
    case (.remainder, .text(let format), _):
      return try TextMethods.percentFormat(format, right, self)
    default: break
    }
    throw .badData(
      "'\(kind.rawValue)' does not go with values of type \(left.typeName) and \(right.typeName)")
  }

  /// A string, list or tuple several times, nil for other values.
  private func repeated(_ value: Value, _ times: Int) throws(ToolError) -> Value? {
    func check(_ count: Int) throws(ToolError) -> Int {
      let (size, overflow) = count.multipliedReportingOverflow(by: max(times, 0))
      try limits.spend(overflow ? Limits.steps + 1 : min(size, Limits.steps + 1))
      return count == 0 ? 0 : max(times, 0)
    }
    switch value {
    case .text(let text):
      return .text(Text(units: Array(repeatElement(text.units, count: try check(text.count)).joined())))
    case .list(let items):
      let times = try check(items.elements.count)
      return try list(Array(repeatElement(items.elements, count: times).joined()))
    case .tuple(let items):
      let times = try check(items.elements.count)
      return try tuple(Array(repeatElement(items.elements, count: times).joined()))
    default: return nil
    }
  }

  private func calculate(_ kind: Arithmetic, _ left: Int, _ right: Int) throws(ToolError) -> Value {
    func checked(_ result: (partialValue: Int, overflow: Bool)) throws(ToolError) -> Value {
      guard !result.overflow else { throw .badData("an integer beyond 64 bits is not supported") }
      return .integer(result.partialValue)
    }
    switch kind {
    case .add: return try checked(left.addingReportingOverflow(right))
    case .subtract: return try checked(left.subtractingReportingOverflow(right))
    case .multiply: return try checked(left.multipliedReportingOverflow(by: right))
    case .power:
      guard right >= 0 else { return try calculate(kind, Double(left), Double(right)) }
      var result = Value.integer(1)
      // Beyond 64 products of anything but 0, 1 and -1 the result has too many bits.
      let times = abs(left) > 1 ? min(right, 64) : left == -1 ? right % 2 : min(right, 1)
      for _ in 0..<times { result = try checked((result.integer ?? 0).multipliedReportingOverflow(by: left)) }
      return result
    case .divide, .floorDivide, .remainder:
      guard right != 0 else { throw .badData("division by zero") }
      if kind == .divide { return .real(Double(left) / Double(right)) }
      let (quotient, overflow) = left.dividedReportingOverflow(by: right)
      if overflow { return kind == .remainder ? .integer(0) : try checked((0, true)) }
      let remainder = left % right
      let isRoundedUp = remainder != 0 && (remainder < 0) != (right < 0)
      return .integer(
        kind == .floorDivide ? quotient - (isRoundedUp ? 1 : 0) : remainder + (isRoundedUp ? right : 0))
    }
  }

  private func calculate(_ kind: Arithmetic, _ left: Double, _ right: Double) throws(ToolError) -> Value {
    switch kind {
    case .add: return .real(left + right)
    case .subtract: return .real(left - right)
    case .multiply: return .real(left * right)
    case .power:
      let result = pow(left, right)
      if left == 0, right < 0 { throw .badData("division by zero") }
      if left < 0, right != right.rounded() { throw .badData("complex numbers are not supported") }
      if result.isInfinite, left.isFinite, right.isFinite { throw .badData("a number out of range") }
      return .real(result)
    case .divide, .floorDivide, .remainder:
      guard right != 0 else { throw .badData("division by zero") }
      if kind == .divide { return .real(left / right) }
      var remainder = fmod(left, right)
      var quotient = (left - remainder) / right
      if remainder != 0, (remainder < 0) != (right < 0) {
        remainder += right
        quotient -= 1
      }
      if kind == .remainder { return .real(remainder == 0 ? copysign(0, right) : remainder) }
      let floor = quotient.rounded(.down)
      let isNearer = quotient - floor > 0.5
      return .real(quotient == 0 ? copysign(0, left / right) : isNearer ? floor + 1 : floor)
    }
  }

  func negated(_ value: Value) throws(ToolError) -> Value {
    if let number = value.integer { return try calculate(.subtract, 0, number) }
    if case .real(let number) = value { return .real(-number) }
    return try unchanged(value)
  }

  /// A number as it is; a boolean becomes one. Throws `ToolError` (65) for anything else.
  func unchanged(_ value: Value) throws(ToolError) -> Value {
    if let number = value.integer { return .integer(number) }
    switch value {
    case .real: return value
    case .undefined(let undefined): throw .badData(undefined.message)
    default: throw .badData("a sign does not go with a value of type \(value.typeName)")
    }
  }
}
