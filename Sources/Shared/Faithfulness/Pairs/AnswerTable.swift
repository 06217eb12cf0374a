import Streams

/// Small numbers for answers while a stream is read. Two answers are one where both their texts and their
/// places among the readout's answers are the same, so that a task's answers can be called by either
/// (`AnswerNames`).
struct AnswerTable: Sendable {
  typealias Symbol = SymbolTable.Symbol

  /// One answer.
  struct Answer: Hashable, Sendable {
    var text: String
    /// Among the readout's answers, from 0; nil where it is none of them.
    var place: Int?
  }

  private(set) var answers: [Answer] = []
  private var symbols: [Answer: Symbol] = [:]

  /// The symbol of an answer, new ones in order of appearance. Throws `ToolError` (65) beyond as many as a
  /// `SymbolTable` has.
  /// - Parameter offered: the readout's answers.
  mutating func symbol(of text: String, among offered: [String]) throws(ToolError) -> Symbol {
    let answer = Answer(text: text, place: offered.firstIndex(of: text))
    if let known = symbols[answer] { return known }
    let limit = Int(SymbolTable.absent)
    guard answers.count < limit else { throw .badData("more than \(limit) different answers") }
    let symbol = Symbol(answers.count)
    answers.append(answer)
    symbols[answer] = symbol
    return symbol
  }
}
