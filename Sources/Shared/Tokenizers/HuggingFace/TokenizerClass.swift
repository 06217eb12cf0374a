import Streams

/// The class that tokenizer_config.json names. transformers' classes may do other than tokenizer.json says.
enum TokenizerClass {
  /// The class's name without its ending: `Llama` of `LlamaTokenizerFast`; empty for none.
  static func family(_ configuration: JSONObject) -> String {
    ["Tokenizer", "TokenizerFast"].reduce(configuration["tokenizer_class"]?.string ?? "") { name, ending in
      name.hasSuffix(ending) ? String(name.dropLast(ending.count)) : name
    }
  }

  /// How the class of Llama's SentencePiece vocabularies marks spaces, whatever normalizer and pre-tokenizer the
  /// file has (transformers 5, tokenization_llama.py); nil for other classes.
  static func spaces(_ configuration: JSONObject) -> SpaceMarking? {
    guard family(configuration) == "Llama" else { return nil }
    if configuration["add_prefix_space"]?.bool == false {
      return SpaceMarking(prefix: .never, keepsFirstMark: true)
    }
    let isLegacy = configuration["legacy"]?.bool ?? false
    return SpaceMarking(prefix: isLegacy ? .always : .first, keepsFirstMark: true)
  }
}
