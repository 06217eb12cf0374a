import Streams

/// The special tokens that tokenizer_config.json names, as transformers finds them.
struct SpecialTokenNames {
  /// Those with a name of their own (`bos_token`, `image_token`), by their names: a text, or an object with its text.
  let named: [(name: String, token: JSON)]
  /// Those without one.
  let others: [JSON]

  /// The names that every tokenizer has, in transformers' order.
  static let roles = ["bos", "eos", "unk", "sep", "pad", "cls", "mask"].map { $0 + "_token" }

  init(_ configuration: JSONObject) {
    var named: [(name: String, token: JSON)] = []
    func add(_ members: [JSONObject.Member]) {
      for member in members where Self.text(member.value) != nil { named.append((member.key, member.value)) }
    }
    add(Self.roles.compactMap { role in configuration.members.first { $0.key == role } })
    add(configuration.members.filter { $0.key.hasSuffix("_token") && !Self.roles.contains($0.key) })
    // transformers 5 has one key for both, earlier versions another for those without names.
    let extra = configuration["extra_special_tokens"] ?? configuration["additional_special_tokens"] ?? .null
    for object in [extra, configuration["model_specific_special_tokens"] ?? .null] {
      add(object.object?.members ?? [])
    }
    self.named = named
    others = (extra.array ?? []).filter { Self.text($0) != nil }
  }

  /// The text of a token that is given as a text, or as an object with its text.
  static func text(_ token: JSON) -> String? { token.string ?? token["content"]?.string }
}
