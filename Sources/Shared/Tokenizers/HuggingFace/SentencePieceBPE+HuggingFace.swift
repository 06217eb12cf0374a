import Streams

extension SentencePieceBPE {
  /// The tokenizer in the contents of tokenizer.json (a BPE model with `byte_fallback`), tokenizer_config.json and
  /// generation_config.json.
  /// Throws `ToolError` (65) where it has parts that are not known, or does not fit together.
  public init(
    tokenizerJSON json: JSONObject, configuration: JSONObject, generation: JSONObject
  ) throws(ToolError) {
    let reader = try TokenizerJSONReader(json, configuration: configuration)
    var vocabulary = try reader.vocabulary(.plain)
    vocabulary.index(found: [.normal, .userDefined, .byte, .control])
    var normalization = try reader.normalization()
    let spaces: SpaceMarking
    let dropsLeadingSpace: Bool
    if let ofClass = reader.spacesOfClass {
      (spaces, dropsLeadingSpace) = (ofClass, ofClass.prefix != .never)
    } else {
      spaces = try Self.spaces(&normalization, reader.part("pre_tokenizer"))
      dropsLeadingSpace = try Self.dropsLeadingSpace(reader.part("decoder"))
    }
    guard !reader.ignoresMerges else {
      throw .badData("has a SentencePiece model with \"ignore_merges\", which is not supported")
    }
    try self.init(
      vocabulary: vocabulary, merging: .list(try reader.merges(vocabulary)), normalization: normalization,
      spaces: spaces, dropsLeadingSpace: dropsLeadingSpace,
      fusesUnknown: reader.fusesUnknown || reader.spacesOfClass != nil, unknown: try reader.unknownID(),
      roles: TokenRoles(
        vocabulary, added: reader.beginningOfSequence, configuration: configuration, generation: generation,
        unknown: reader.unknown))
  }

  private static let mark = SpaceMarking.markText

  /// How spaces are written: by the last steps of the normalizer, which are taken from it, or by the pre-tokenizer.
  private static func spaces(
    _ normalization: inout Normalization, _ preTokenizer: JSON
  ) throws(ToolError) -> SpaceMarking {
    let replace = Normalization.Step.replace(" ", with: mark)
    if let first = normalization.steps.firstIndex(where: { $0 == replace || $0 == .prepend(mark) }) {
      let steps = normalization.steps[first...]
      normalization.steps.removeSubrange(first...)
      guard steps.contains(replace), steps.allSatisfy({ $0 == replace || $0 == .prepend(mark) }),
        steps.count(where: { $0 == .prepend(mark) }) <= 1, isNothing(preTokenizer)
      else {
        throw .badData(
          "has a normalizer and a pre_tokenizer that mark spaces in an unknown way; known are Prepend and Replace "
            + "of U+2581, or Metaspace")
      }
      return SpaceMarking(prefix: steps.contains(.prepend(mark)) ? .always : .never)
    }
    guard preTokenizer["type"]?.string == "Metaspace" else { throw PreTokenizer.unknown(preTokenizer) }
    guard preTokenizer["replacement"]?.string ?? mark == mark, preTokenizer["split"]?.bool == false,
      let prefix = prefix(preTokenizer)
    else { throw PreTokenizer.unknown(preTokenizer) }
    return SpaceMarking(prefix: prefix, keepsFirstMark: true)
  }

  /// Whether a pre-tokenizer changes nothing where spaces are marked already: none, or a split at spaces.
  private static func isNothing(_ preTokenizer: JSON) -> Bool {
    preTokenizer.isNull
      || preTokenizer["type"]?.string == "Split" && preTokenizer["pattern"]?["String"]?.string == " "
        && preTokenizer["invert"]?.bool != true
  }

  private static func prefix(_ metaspace: JSON) -> SpaceMarking.Prefix? {
    switch metaspace["prepend_scheme"]?.string {
    case "never": .never
    case "first": .first
    case "always": .always
    case nil: metaspace["add_prefix_space"]?.bool == false ? .never : .always
    default: nil
    }
  }

  /// What the decoder does with a leading space. Throws `ToolError` (65) naming a step that is not known.
  private static func dropsLeadingSpace(_ decoder: JSON) throws(ToolError) -> Bool {
    let steps = decoder["type"]?.string == "Sequence" ? decoder["decoders"]?.array ?? [] : [decoder]
    var drops = false
    for step in steps {
      switch step["type"]?.string {
      case "ByteFallback", "Fuse": break
      case "Replace" where step["pattern"]?["String"]?.string == mark && step["content"]?.string == " ": break
      case "Strip" where step["content"]?.string == " " && step["stop"]?.integer == 0:
        drops = (step["start"]?.integer ?? 0) > 0
      case "Metaspace": drops = prefix(step) != .never
      default: throw PreTokenizer.unknown(step, part: "decoder")
      }
    }
    return drops
  }
}
