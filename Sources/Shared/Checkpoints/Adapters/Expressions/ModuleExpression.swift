import Streams

/// A regular expression for whole names of modules, as Python's `re.fullmatch` takes it.
///
/// It comes from a stranger, and a matcher that goes back and tries again takes time without end for some:
/// `(a+)+b`. This one finds for each part and each place where the part may end, and finds it once. Captures, back
/// references and possessive parts, which need another matcher, are errors.
package struct ModuleExpression {
  /// Parts name others by their index; the last one is the whole.
  private let parts: [ModuleExpressionPart]
  private let ignoresCase: Bool

  /// Throws `ToolError` (65) where the text is no regular expression, or one that is not supported.
  package init(_ text: String) throws(ToolError) {
    var parser = ModuleExpressionParser(text)
    do {
      (parts, ignoresCase) = try parser.run()
    } catch ModuleExpressionParser.Flaw.unsupported(let construct) {
      throw .badData("has the regular expression \"\(text)\" with \"\(construct)\", which is not supported")
    } catch {
      throw .badData("has \"\(text)\" in place of a regular expression")
    }
  }

  /// Whether the expression fits a whole name.
  package func matches(_ module: String) -> Bool {
    let name = Array((ignoresCase ? module.lowercased() : module).unicodeScalars)
    var match = Match(parts: parts, name: name)
    return match.ends(of: parts.count - 1, from: 0).contains(name.count)
  }

  /// The search in one name.
  private struct Match {
    private struct Start: Hashable {
      var part: Int
      var place: Int
    }

    let parts: [ModuleExpressionPart]
    let name: [Unicode.Scalar]
    private var known: [Start: Set<Int>] = [:]

    init(parts: [ModuleExpressionPart], name: [Unicode.Scalar]) {
      self.parts = parts
      self.name = name
    }

    /// The places where a part that begins at a place may end.
    mutating func ends(of part: Int, from place: Int) -> Set<Int> {
      let start = Start(part: part, place: place)
      if let ends = known[start] { return ends }
      let ends = findEnds(of: part, from: place)
      known[start] = ends
      return ends
    }

    private mutating func findEnds(of part: Int, from place: Int) -> Set<Int> {
      switch parts[part] {
      case .character(let fits): return place < name.count && fits(name[place]) ? [place + 1] : []
      case .sequence(let members): return members.reduce([place]) { ends(of: $1, from: $0) }
      case .choice(let members): return members.reduce(into: []) { $0.formUnion(ends(of: $1, from: place)) }
      case .place(let fits):
        let before = place > 0 ? name[place - 1] : nil
        return fits(before, place < name.count ? name[place] : nil) ? [place] : []
      case .look(let inner, let isAhead, let isWanted):
        let isThere =
          isAhead
          ? !ends(of: inner, from: place).isEmpty
          : (0...place).contains { ends(of: inner, from: $0).contains(place) }
        return isThere == isWanted ? [place] : []
      case .repetition(let inner, let least, let most): return repeated(inner, least, most, from: place)
      }
    }

    private mutating func ends(of part: Int, from places: Set<Int>) -> Set<Int> {
      places.reduce(into: []) { $0.formUnion(ends(of: part, from: $1)) }
    }

    /// Ends never lie before starts, so that the places stay the same after as many times as the name is long.
    private mutating func repeated(_ part: Int, _ least: Int, _ most: Int?, from place: Int) -> Set<Int> {
      var last: Set<Int> = [place]
      for _ in 0..<least {
        let next = ends(of: part, from: last)
        if next == last { break }
        last = next
      }
      var all = last
      for _ in 0..<min((most ?? .max) - least, name.count) {
        last = ends(of: part, from: last).subtracting(all)
        if last.isEmpty { break }
        all.formUnion(last)
      }
      return all
    }
  }
}
