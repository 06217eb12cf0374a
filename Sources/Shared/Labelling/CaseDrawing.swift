import Cases
import Tokenizers
import Transformer

/// What a checkpoint is shown of a case, for people to read: the tree of its prompts, token by token, and what is
/// asked at which place.
public struct CaseDrawing {
  private let queries: CaseQueries
  private let tokenizer: any Tokenizer
  private var forest = TokenForest()
  /// What is asked after a node, a line each.
  private var asked: [TokenForest.Node: [String]] = [:]
  private var sequenceTokens = 0

  /// Makes the tree; nothing is computed.
  public init(_ queries: CaseQueries, tokenizer: any Tokenizer) {
    (self.queries, self.tokenizer) = (queries, tokenizer)
    for (name, query) in zip(Self.names(of: queries.record), queries.queries) {
      guard let leaf = forest.insert(query.prompt).last else { continue }
      sequenceTokens += query.prompt.count
      switch query {
      case .score(_, let continuations):
        asked[leaf, default: []].append(
          "\(name): how likely \(continuations.map(pieces).joined(separator: ", "))")
        for continuation in continuations {
          _ = forest.insert(Array(continuation.dropLast()), after: leaf)
          sequenceTokens += continuation.count - 1
        }
      case .generate(_, let maximumTokens, _):
        asked[leaf, default: []].append("\(name): at most \(maximumTokens) tokens")
      }
    }
  }

  /// What each question is about, in the order of `CaseQuestions.questions`.
  private static func names(of record: Case) -> [String] {
    let features = record.features.map(\.id)
    return ["x"] + features.map { "x without \($0)" } + features.map { "explanation of \($0)" }
      + features.map { "explanations of \($0)" }
  }

  /// Some lines: the case, the size of the tree, and each part of it behind the part that it goes on from. Tokens
  /// are parted by `│`.
  public var text: String {
    let heading = [
      "case \(queries.record.id), task \(queries.record.task)",
      "\(queries.queries.count) questions of \(sequenceTokens) tokens, \(forest.count) of them distinct",
    ]
    let parts = forest.runs(endingAt: Set(asked.keys)).flatMap { run -> [String] in
      let indent = String(repeating: "  ", count: run.level)
      let range = "\(run.position)–\(run.position + run.tokens.count - 1)"
      return ["", "\(indent)\(range)  \(pieces(run.tokens))"]
        + ["\(indent)  ids \(run.tokens.map(String.init).joined(separator: " "))"]
        + (asked[run.last] ?? []).map { "\(indent)  → \($0)" }
    }
    return (heading + parts).joined(separator: "\n") + "\n"
  }

  /// Tokens as they are written, one after the other; what ends within a character is shown as the vocabulary
  /// writes it.
  private func pieces(_ tokens: [Int32]) -> String {
    tokens.map { token in
      let bytes = tokenizer.decodeBytes([token])
      let text = bytes.isEmpty ? nil : String(validating: bytes, as: UTF8.self)
      return (text ?? tokenizer.vocabularyText(token)).replacing("\n", with: "⏎")
    }.joined(separator: "│")
  }
}
