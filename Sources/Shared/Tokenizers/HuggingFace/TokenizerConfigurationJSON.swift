import Streams

extension Tokenizer {
  /// The bytes of tokenizer_config.json.
  /// - Parameters:
  ///   - chatTemplate: the template's text (Jinja), nil for none.
  ///   - contextLength: the longest sequence that the model was made for.
  public func tokenizerConfigurationJSON(chatTemplate: String?, contextLength: Int) throws(ToolError)
    -> [UInt8]
  {
    func text(_ id: Int32?) -> JSON { id.map { .string(vocabularyText($0)) } ?? .null }
    var json: JSONObject = [
      "add_bos_token": .bool(addsBeginningOfSequence), "add_prefix_space": false,
      "bos_token": text(roles.beginningOfSequence),
    ]
    if let chatTemplate { json["chat_template"] = .string(chatTemplate) }
    json["clean_up_tokenization_spaces"] = false
    json["eos_token"] = text(roles.endOfSequence)
    json["model_max_length"] = .integer(contextLength)
    json["pad_token"] = text(roles.padding)
    json["tokenizer_class"] = "PreTrainedTokenizerFast"
    json["unk_token"] = text(roles.unknown)
    return try JSON.object(json).prettySerialized()
  }
}
