import Streams

extension Interpreter {
  /// `object.name`: what Python has under that name, else the element of that key.
  func attribute(_ name: String, of object: Value) throws(ToolError) -> Value {
    if case .undefined(let undefined) = object { throw .badData(undefined.message) }
    if let member = try member(name, of: object) { return member }
    if case .dictionary(let pairs) = object {
      try limits.spend(1 + pairs.elements.count)
      if let value = pairs[name] { return value }
    }
    return missing(name, in: object)
  }

  /// `object[index]`: the element, else what Python has under that name.
  func element(_ index: Value, of object: Value) throws(ToolError) -> Value {
    if case .undefined(let undefined) = object { throw .badData(undefined.message) }
    if case .dictionary(let pairs) = object {
      if isKey(index), let value = try value(of: index, in: pairs) { return value }
    } else if let position = index.integer, let elements = try sequence(object) {
      let place = position < 0 ? position + elements.count : position
      if elements.indices.contains(place) { return elements[place] }
    }
    if let name = index.text?.string {
      if let member = try member(name, of: object) { return member }
      return missing(name, in: object)
    }
    return missing(try represented(index).string, in: object)
  }

  private func missing(_ name: String, in object: Value) -> Value {
    .undefined(Undefined(message: "'\(object.typeName) object' has no attribute '\(name)'"))
  }

  /// A method or another attribute that Python gives such a value; nil where there is none.
  private func member(_ name: String, of object: Value) throws(ToolError) -> Value? {
    if name.hasPrefix("_") { return nil }
    switch object {
    case .text(let text): return TextMethods.method(name, of: text).map { .function($0) }
    case .dictionary(let pairs): return DictionaryMethods.method(name, of: pairs).map { .function($0) }
    case .list, .tuple: return ListMethods.method(name, of: object).map { .function($0) }
    case .namespace(let namespace): return namespace[name]
    case .loop(let loop): return try loop.attribute(name)
    case .function(let function): return function.attributes[name]?()
    default: return nil
    }
  }

  /// The elements of what can be indexed by number, nil for anything else.
  func sequence(_ value: Value) throws(ToolError) -> [Value]? {
    switch value {
    case .list(let items), .tuple(let items): return items.elements
    case .text, .range: return try elements(of: value)
    default: return nil
    }
  }

  /// All elements in turn, as a loop takes them; a generator has none afterwards.
  func elements(of value: Value) throws(ToolError) -> [Value] {
    switch value {
    case .list(let items), .tuple(let items), .view(_, let items):
      try limits.spend(1 + items.elements.count / Limits.charactersPerStep)
      return items.elements
    case .text(let text):
      try limits.spend(1 + text.count)
      return text.units.map { .text(Text(units: [$0])) }
    case .dictionary(let pairs):
      try limits.spend(1 + pairs.elements.count)
      return pairs.elements.map(\.key)
    case .range(let steps):
      try limits.spend(1 + steps.count)
      return (0..<steps.count).map { steps[$0] }
    case .generator(let generator): return generator.rest()
    case .undefined: return []
    default: throw .badData("a value of type \(value.typeName) cannot be iterated")
    }
  }

  func hasLength(_ value: Value) -> Bool { if case .generator = value { false } else { true } }

  /// `object[start:end:step]`; none stands for a bound that is not given.
  func slice(_ object: Value, _ start: Value, _ end: Value, _ step: Value) throws(ToolError) -> Value {
    if case .undefined(let undefined) = object { throw .badData(undefined.message) }
    var bounds: [Int?] = []
    for bound in [start, end, step] {
      guard bound.isNone || bound.integer != nil else {
        throw .badData(
          "a slice goes from an integer to an integer, not from a value of type \(bound.typeName)")
      }
      bounds.append(bound.integer)
    }
    guard bounds[2] != 0 else { throw .badData("the step of a slice is 0") }
    func places(_ count: Int) -> [Int] {
      SliceBounds(start: bounds[0], end: bounds[1], step: bounds[2] ?? 1).places(in: count)
    }
    switch object {
    case .text(let text):
      return try spent(Text(units: places(text.count).map { text.units[$0] }))
    case .list(let items): return try list(places(items.elements.count).map { items.elements[$0] })
    case .tuple(let items): return try tuple(places(items.elements.count).map { items.elements[$0] })
    case .range: throw .badData("a slice of a range is not supported")
    default: throw .badData("a value of type \(object.typeName) has no slices")
    }
  }
}

/// The bounds of a slice as Python reads them.
private struct SliceBounds {
  var start: Int?
  var end: Int?
  var step: Int

  /// The places of a sequence's elements, in order.
  func places(in count: Int) -> [Int] {
    let lowest = step > 0 ? 0 : -1
    let highest = step > 0 ? count : count - 1
    func place(_ bound: Int?, _ fallback: Int) -> Int {
      guard let bound else { return fallback }
      let place = bound < 0 ? bound.addingReportingOverflow(count).partialValue : bound
      return min(max(place, lowest), highest)
    }
    var places: [Int] = []
    var index = place(start, step > 0 ? lowest : highest)
    let limit = place(end, step > 0 ? highest : lowest)
    while step > 0 ? index < limit : index > limit {
      places.append(index)
      let (next, overflow) = index.addingReportingOverflow(step)
      if overflow { break }
      index = next
    }
    return places
  }
}
