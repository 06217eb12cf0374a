import Streams

extension Interpreter {
  /// The function that a macro is; it sees the scope in which it is defined.
  func function(_ macro: MacroSyntax) -> Function {
    let definition = keepScope()
    return Function(macro.name, attributes: ["name": { .text(Text(macro.name)) }]) {
      interpreter, arguments throws(ToolError) in
      let text = try interpreter.captured { () throws(ToolError) in
        try interpreter.inScope(within: definition) { () throws(ToolError) in
          try interpreter.bind(arguments, of: macro)
          try interpreter.run(macro.body)
        }
      }
      return .text(text)
    }
  }

  /// Sets a macro's parameters. Arguments beyond them are `varargs` and `kwargs` where the macro reads these.
  private func bind(_ arguments: Arguments, of macro: MacroSyntax) throws(ToolError) {
    let names = macro.parameters.map(\.name)
    let takesMore = { macro.namesRead.contains($0) && !names.contains($0) }
    var keywords = arguments.keywords
    for (index, parameter) in macro.parameters.enumerated() {
      if index < arguments.positional.count {
        scope.set(parameter.name, arguments.positional[index])
      } else if let keyword = keywords.firstIndex(where: { $0.name == parameter.name }) {
        scope.set(parameter.name, keywords.remove(at: keyword).value)
      } else if let value = parameter.defaultValue {
        scope.set(parameter.name, try evaluate(value))
      } else {
        let reason = "parameter '\(parameter.name)' was not provided"
        scope.set(parameter.name, .undefined(Undefined(message: reason)))
      }
    }
    if takesMore("caller") {
      let caller = keywords.firstIndex { $0.name == "caller" }.map { keywords.remove(at: $0).value }
      scope.set("caller", caller ?? .undefined(Undefined(message: "No caller defined")))
    }
    if takesMore("kwargs") {
      scope.set("kwargs", try dictionary(keywords.map { (.text(Text($0.name)), $0.value) }))
    } else if let keyword = keywords.first {
      throw .badData("macro '\(macro.name)' takes no keyword argument '\(keyword.name)'")
    }
    let more = arguments.positional.dropFirst(names.count)
    if takesMore("varargs") {
      scope.set("varargs", try tuple(Array(more)))
    } else if !more.isEmpty {
      throw .badData("macro '\(macro.name)' takes not more than \(names.count) argument(s)")
    }
  }
}
