import Checkpoints
import Streams

extension ModelCheckpoint {
  /// The texts of tokens with a role by the names that chat templates know them under, those that there are.
  ///
  /// For a Hugging Face directory they are what transformers has: the members of tokenizer_config.json, else
  /// what the tokenizer's class says. For GGUF they are the tokenizer's roles.
  func specialTokenTexts(_ tokenizer: (any Tokenizer)?) throws(ToolError) -> JSONObject {
    var texts = JSONObject()
    guard case .huggingFace(let directory) = self else {
      guard let tokenizer else { return texts }
      let roles = tokenizer.roles
      let named = [
        ("bos_token", roles.beginningOfSequence), ("eos_token", roles.endOfSequence),
        ("unk_token", roles.unknown),
        ("pad_token", roles.padding),
      ]
      for case (let name, let id?) in named { texts[name] = .string(tokenizer.vocabularyText(id)) }
      return texts
    }
    let configuration = try directory.tokenizerConfiguration() ?? JSONObject()
    let defaults = Self.classDefaults[TokenizerClass.family(configuration)] ?? [:]
    for name in SpecialTokenNames.roles where configuration[name] == nil {
      texts[name] = defaults[name].map { .string($0) }
    }
    for (name, token) in SpecialTokenNames(configuration).named {
      texts[name] = SpecialTokenNames.text(token).map { .string($0) }
    }
    return texts
  }

  /// What transformers' tokenizer classes say where the files are silent.
  private static let classDefaults: [String: [String: String]] = [
    "Llama": ["bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>"],
    "Gemma": [
      "bos_token": "<bos>", "eos_token": "<eos>", "unk_token": "<unk>", "pad_token": "<pad>",
      "mask_token": "<mask>",
    ],
    "Qwen2": ["eos_token": "<|endoftext|>", "unk_token": "<|endoftext|>", "pad_token": "<|endoftext|>"],
    "GPT2": ["bos_token": "<|endoftext|>", "eos_token": "<|endoftext|>", "unk_token": "<|endoftext|>"],
  ]
}
