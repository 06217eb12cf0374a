/// SentencePiece's rule as llama.cpp applies it: two neighbours join where their bytes together are a token, the token
/// of the highest score first. It looks at bytes, not at tokens, since characters without a token join too.
struct ScoreMerges: MergeRules {
  let vocabulary: Vocabulary
  /// The place of each token's score among all scores, the highest being 0.
  let ranks: [Int32]
  /// The text that is merged, and where each of its characters starts, with the end of the text.
  let text: UnsafeRawBufferPointer
  let offsets: [Int]

  func merge(_ left: Int32, _ right: Int32, span: Range<Int>) -> MergeTable.Merge? {
    let range = offsets[span.lowerBound]..<offsets[span.upperBound]
    guard range.count <= vocabulary.longestTokenFound,
      let id = vocabulary.id(of: UnsafeRawBufferPointer(rebasing: text[range]))
    else { return nil }
    return MergeTable.Merge(rank: ranks[Int(id)], result: id)
  }

  /// The ranks of scores; equal scores have equal ranks. No score may be NaN.
  static func ranks(of scores: [Float]) -> [Int32] {
    let order = scores.indices.sorted { scores[$0] > scores[$1] }
    var ranks = [Int32](repeating: 0, count: scores.count)
    for (previous, next) in zip(order, order.dropFirst()) {
      ranks[next] = ranks[previous] + (scores[next] < scores[previous] ? 1 : 0)
    }
    return ranks
  }
}
