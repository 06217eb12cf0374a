import Checkpoints
import Streams

extension TokenRoles {
  /// The roles in a GGUF file's metadata.
  /// - Parameters:
  ///   - defaults: the roles where the file says nothing.
  /// - Throws: `ToolError` (65) where a value is no token.
  init(gguf file: GGUFFile, defaults: TokenRoles) throws(ToolError) {
    func id(_ name: String) throws(ToolError) -> Int32? {
      let key = "tokenizer.ggml.\(name)_token_id"
      guard let value = try file.integer(key) else { return nil }
      guard value <= Vocabulary.maximumCount else { throw .badData("key \"\(key)\" is \(value)") }
      return Int32(value)
    }
    beginningOfSequence = try id("bos") ?? defaults.beginningOfSequence
    endOfSequence = try id("eos") ?? defaults.endOfSequence
    unknown = try id("unknown") ?? defaults.unknown
    padding = try id("padding")
    for name in ["eot", "eom"] {
      if let token = try id(name) { endOfTurn.append(token) }
    }
    let adds = try file.bool("tokenizer.ggml.add_bos_token") ?? defaults.addsBeginningOfSequence
    addsBeginningOfSequence = adds && beginningOfSequence != nil
  }
}
