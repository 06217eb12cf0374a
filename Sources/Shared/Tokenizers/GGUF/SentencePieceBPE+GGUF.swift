import Checkpoints
import Streams

extension SentencePieceBPE {
  /// The tokenizer in a GGUF file's metadata, of the model "llama". Throws `ToolError` (65) where it does not fit
  /// together.
  init(gguf file: GGUFFile) throws(ToolError) {
    // What llama.cpp takes where the file says nothing: Llama 2's.
    var defaults = TokenRoles()
    defaults.beginningOfSequence = 1
    defaults.endOfSequence = 2
    defaults.unknown = 0
    defaults.addsBeginningOfSequence = true
    var vocabulary = try Vocabulary(gguf: file, spelling: .plain)
    vocabulary.index(found: [.normal])
    let prefixes = try file.bool("tokenizer.ggml.add_space_prefix") ?? true
    let roles = try TokenRoles(gguf: file, defaults: defaults)
    try self.init(
      vocabulary: vocabulary,
      merging: .scores(ScoreMerges.ranks(of: try Self.scores(file, vocabulary.count))),
      normalization: Normalization(), spaces: SpaceMarking(prefix: prefixes ? .always : .never),
      dropsLeadingSpace: prefixes, fusesUnknown: false, unknown: roles.unknown, roles: roles)
  }

  private static func scores(_ file: GGUFFile, _ count: Int) throws(ToolError) -> [Float] {
    guard let scores = try file.reals("tokenizer.ggml.scores") else {
      throw .badData("has no scores of tokens (key \"tokenizer.ggml.scores\")")
    }
    guard scores.count == count else { throw .badData("has \(count) tokens, but \(scores.count) scores") }
    if let index = scores.firstIndex(where: \.isNaN) { throw .badData("token \(index) has a score of NaN") }
    return scores
  }

  /// Merges that came as a list are written as scores; nothing is thrown.
  public func ggufEntries(vocabularySize: Int) throws(ToolError) -> [GGUFEntry] {
    let writer = GGUFTokenizerWriter(
      tokenizer: self, vocabulary: vocabulary, model: "llama", preTokenizer: "default",
      addsSpacePrefix: spaces.prefix != .never, merged: mergedMarks)
    return writer.entries(
      vocabularySize: vocabularySize,
      [GGUFEntry("tokenizer.ggml.scores", reals: scores(count: vocabularySize))])
  }

  /// The user-defined tokens with marked spaces that merges make.
  private var mergedMarks: Set<Int32> {
    guard case .list(let table) = merging else { return [] }
    let results = Set(table.ranked.compactMap { table.merge($0.left, $0.right)?.result })
    return results.filter { id in
      vocabulary.kinds[Int(id)] == .userDefined
        && vocabularyText(id).contains(String(decoding: SpaceMarking.mark, as: UTF8.self))
    }
  }

  /// Scores by which tokens join in the order of the merges: the earlier the first merge into a token, the
  /// higher. What no merge makes comes last.
  private func scores(count: Int) -> [Float] {
    switch merging {
    case .scores(let ranks):
      let last = Float(ranks.max() ?? 0)
      return (0..<count).map { $0 < ranks.count ? -Float(ranks[$0]) : -last - 1 }
    case .list(let table):
      let merges = table.ranked
      var scores = [Float](repeating: -Float(merges.count), count: count)
      for (rank, pair) in merges.enumerated().reversed() {
        if let merge = table.merge(pair.left, pair.right) { scores[Int(merge.result)] = -Float(rank) }
      }
      return scores
    }
  }

  /// The normalisation, and spaces that llama.cpp puts elsewhere.
  public var lossesInGGUF: [String] {
    var losses = normalization.lossesInGGUF + vocabulary.lossesInGGUF
    if spaces.prefix == .first { losses.append("texts after special tokens begin with a space too") }
    if spaces.keepsFirstMark, spaces.prefix != .never {
      losses.append("texts that begin with a space get a second one")
    }
    return losses
  }
}

extension Vocabulary {
  /// How tokens are found here and not in llama.cpp, in words.
  var lossesInGGUF: [String] {
    let tokens = specialTokens.filter {
      ![.plain, TokenMatching(isNormalized: true)].contains(matching(of: $0.id))
    }
    return tokens.first.map { ["tokens take white space or whole words (\"\($0.text)\" for one)"] } ?? []
  }
}

extension Normalization {
  /// What happens to text here and not in llama.cpp, in words.
  var lossesInGGUF: [String] {
    isEmpty ? [] : ["text is normalized first (\(steps.map { "\($0)" }.joined(separator: ", ")))"]
  }
}
