import Checkpoints
import Streams

extension ModelCheckpoint {
  /// The texts of tokens with a role by the names that chat templates know them under, those that there are.
  ///
  /// For a Hugging Face directory they are what transformers has: the members of tokenizer_config.json, else
  /// of special_tokens_map.json, else what the tokenizer's class says. For GGUF they are the tokenizer's
  /// roles.
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
    let map = try directory.specialTokensMap() ?? JSONObject()
    let defaults = Self.classDefaults[Self.family(configuration["tokenizer_class"]?.string)] ?? [:]
    for name in ["bos", "eos", "unk", "sep", "pad", "cls", "mask"].map({ $0 + "_token" }) {
      let member = configuration[name] ?? map[name]
      guard let text = member == nil ? defaults[name] : member?.string ?? member?["content"]?.string else {
        continue
      }
      texts[name] = .string(text)
    }
    return texts
  }

  private static func family(_ tokenizerClass: String?) -> String {
    ["Tokenizer", "TokenizerFast"].reduce(tokenizerClass ?? "") { name, ending in
      name.hasSuffix(ending) ? String(name.dropLast(ending.count)) : name
    }
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
