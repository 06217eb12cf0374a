import Checkpoints
import Streams

extension HuggingFaceDirectory {
  /// The tokenizer in the directory: tokenizer.json, with the roles that tokenizer_config.json and
  /// generation_config.json give to tokens.
  /// Throws `ToolError`: 66 where tokenizer.json is missing, 65 where it is of another kind, has parts that are not
  /// known, or does not fit together.
  public func tokenizer() throws(ToolError) -> any Tokenizer {
    let json = try JSON.parse(file: tokenizerPath)
    let configuration = try tokenizerConfiguration() ?? JSONObject()
    let generation = try generationConfiguration() ?? configurationJSON
    do throws(ToolError) {
      guard let object = json.object else { throw .badData("is no JSON object") }
      return try Self.tokenizer(object, configuration, generation)
    } catch {
      throw error.located(at: SourcePosition(file: tokenizerPath))
    }
  }

  private static func tokenizer(
    _ json: JSONObject, _ configuration: JSONObject, _ generation: JSONObject
  ) throws(ToolError) -> any Tokenizer {
    if try TokenizerJSONReader(json).fallsBackToBytes {
      return try SentencePieceBPE(tokenizerJSON: json, configuration: configuration, generation: generation)
    }
    return try ByteLevelBPE(tokenizerJSON: json, configuration: configuration, generation: generation)
  }
}
