import Streams

extension SentencePieceBPE {
  /// A tokenizer.json of model BPE with `byte_fallback`; merges by scores are written as a list.
  public func tokenizerJSON() throws(ToolError) -> [UInt8] {
    let mark: JSON = "\u{2581}"
    var steps: [JSON] = [
      ["type": "Replace", "pattern": ["String": mark], "content": " "], ["type": "ByteFallback"],
      ["type": "Fuse"],
    ]
    if dropsLeadingSpace { steps.append(["type": "Strip", "content": " ", "start": 1, "stop": 0]) }
    var normalization = normalization
    var preTokenizer = JSON.null
    if spaces.keepsFirstMark || spaces.prefix == .first {
      let scheme =
        switch spaces.prefix {
        case .never: "never"
        case .first: "first"
        case .always: "always"
        }
      preTokenizer = [
        "type": "Metaspace", "replacement": mark, "prepend_scheme": .string(scheme), "split": false,
      ]
    } else {
      if spaces.prefix == .always { normalization.steps.append(.prepend("\u{2581}")) }
      normalization.steps.append(.replace(" ", with: "\u{2581}"))
    }
    return try TokenizerJSONWriter(
      tokenizer: self, vocabulary: vocabulary, normalizer: normalization.json, preTokenizer: preTokenizer,
      decoder: ["type": "Sequence", "decoders": .array(steps)], fallsBackToBytes: true,
      fusesUnknown: fusesUnknown, ignoresMerges: false, merges: merges
    ).bytes()
  }

  /// The merges, the first to be applied first. A list cannot say that the leftmost of two ways to make a token comes
  /// first, nor join characters that have no token; neither has been seen to matter (Tests/Reference/README.md).
  private var merges: [(left: Int32, right: Int32)] {
    switch merging {
    case .list(let table): table.ranked
    case .scores(let ranks): merges(byRank: ranks)
    }
  }

  private func merges(byRank ranks: [Int32]) -> [(left: Int32, right: Int32)] {
    let results = (0..<vocabulary.count).filter { vocabulary.kinds[$0] == .normal }
      .sorted { (ranks[$0], $0) < (ranks[$1], $1) }
    var merges: [(left: Int32, right: Int32)] = []
    for result in results {
      vocabulary.bytes(of: result).withUnsafeBytes { text in
        // The longest left part first, as transformers converts SentencePiece models.
        for middle in text.indices.dropFirst().reversed() where text[middle] & 0xC0 != 0x80 {
          if let left = vocabulary.id(of: UnsafeRawBufferPointer(rebasing: text[..<middle])),
            let right = vocabulary.id(of: UnsafeRawBufferPointer(rebasing: text[middle...]))
          {
            merges.append((left, right))
          }
        }
      }
    }
    return merges
  }
}
