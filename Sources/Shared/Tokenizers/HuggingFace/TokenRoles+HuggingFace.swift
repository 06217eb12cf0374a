import Streams

extension TokenRoles {
  /// The roles that tokenizer_config.json and generation_config.json give.
  /// - Parameter added: the text of the token that tokenizer.json itself puts before a sequence.
  init(
    _ vocabulary: Vocabulary, added: String?, configuration: JSONObject, generation: JSONObject,
    unknown: String?
  ) {
    /// A special token is given by its text, or by an object with its text.
    func id(_ key: String) -> Int32? {
      let member = configuration[key]
      return (member?.string ?? member?["content"]?.string).flatMap { vocabulary.special($0) }
    }
    let added = added.flatMap { vocabulary.special($0) }
    beginningOfSequence = id("bos_token") ?? added
    endOfSequence = id("eos_token")
    self.unknown = id("unk_token") ?? unknown.flatMap { vocabulary.special($0) }
    padding = id("pad_token")
    let end = generation["eos_token_id"] ?? .null
    endOfTurn = (end.array ?? [end]).compactMap { $0.integer.flatMap(Int32.init(exactly:)) }
    endOfSequence = endOfSequence ?? endOfTurn.first
    // Beside a tokenizer.json, transformers takes no notice of `add_bos_token`.
    addsBeginningOfSequence = added != nil
  }
}
