import Checkpoints
import Streams

extension GGUFFile {
  /// The tokenizer in the file's metadata. Throws `ToolError` (65) where it is of an unknown kind, has parts that are
  /// not known, or does not fit together.
  public func tokenizer() throws(ToolError) -> any Tokenizer {
    do throws(ToolError) {
      switch try string("tokenizer.ggml.model") ?? "missing" {
      case "gpt2": return try ByteLevelBPE(gguf: self)
      case "llama": return try SentencePieceBPE(gguf: self)
      case let model:
        throw .badData(
          "has the unknown tokenizer model \"\(model)\"; known are \"gpt2\" (byte-level BPE) and \"llama\" "
            + "(SentencePiece BPE)")
      }
    } catch {
      throw error.located(at: SourcePosition(file: path))
    }
  }
}
