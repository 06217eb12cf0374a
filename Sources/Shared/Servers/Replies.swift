import Streams

/// What a reply of an OpenAI-compatible server says; nil where it does not say it.
struct Reply {
  private let object: JSONObject

  init(_ object: JSONObject) { self.object = object }

  /// The first answer, the only one that is asked for.
  var choice: JSON? { object["choices"]?.array?.first }

  /// What was counted.
  var usage: JSON? { object["usage"] }

  /// How many tokens were generated, as the server counts; proxies of other interfaces have names of their own.
  var generatedTokens: Int? {
    let counts = [
      usage?["completion_tokens"], usage?["output_tokens"], object["eval_count"], object["tokens_predicted"],
      object["timings"]?["predicted_n"], choice?["details"]?["generated_tokens"],
    ]
    // Some write 24.0.
    return counts.lazy.compactMap { $0?.integer ?? $0?.number.flatMap { Int(exactly: $0) } }.first
  }

  /// The likeliest first tokens with their log-probabilities, by their text: in the form of completions
  /// (`top_logprobs: [{TOKEN: VALUE}]`), or in that of chat completions (`content: [{top_logprobs: [{token,
  /// logprob}]}]`), which llama.cpp's own server uses for both.
  var likeliestTokens: [String: Double]? {
    guard let logProbabilities = choice?["logprobs"], !logProbabilities.isNull else { return nil }
    var values: [String: Double] = [:]
    if let first = logProbabilities["top_logprobs"]?.array?.first?.object {
      for member in first.members { values[member.key] = member.value.number }
    } else if let first = logProbabilities["content"]?.array?.first?["top_logprobs"]?.array {
      for entry in first {
        guard let token = entry["token"]?.string, let value = entry["logprob"]?.number else { continue }
        values[token] = max(value, values[token] ?? -.infinity)
      }
    }
    return values.isEmpty ? nil : values
  }

  /// A token of a chat's answer, and the likeliest in its place.
  struct Step: Equatable {
    struct Token: Equatable {
      var text: String
      var logProbability: Double
    }

    /// The one that was chosen first.
    var tokens: [Token]
  }

  /// The tokens of a chat's answer; empty where the server does not give them. llama-cpp-python has also given them
  /// in the form of completions.
  var steps: [Step] {
    guard let logProbabilities = choice?["logprobs"], !logProbabilities.isNull else { return [] }
    if let entries = logProbabilities["content"]?.array {
      return entries.map { Step(tokens: ([$0] + ($0["top_logprobs"]?.array ?? [])).compactMap(Self.token)) }
    }
    let texts = logProbabilities["tokens"]?.array ?? []
    let values = logProbabilities["token_logprobs"]?.array ?? []
    let likeliest = logProbabilities["top_logprobs"]?.array ?? []
    return zip(texts, values).enumerated().map { index, chosen in
      let others = likeliest.indices.contains(index) ? likeliest[index].object?.members ?? [] : []
      let pairs = [(chosen.0.string, chosen.1.number)] + others.map { ($0.key, $0.value.number) }
      return Step(
        tokens: pairs.compactMap { text, value in
          guard let text, let value else { return nil }
          return Step.Token(text: text, logProbability: value)
        })
    }
  }

  private static func token(_ entry: JSON) -> Step.Token? {
    guard let text = entry["token"]?.string, let value = entry["logprob"]?.number else { return nil }
    return Step.Token(text: text, logProbability: value)
  }

  /// What an echoed text came to.
  enum Echo: Equatable {
    /// The sum over the tokens that make up the text's end.
    case logProbability(Double)
    /// No token begins where that end begins.
    case tokensDoNotDivide
  }

  /// The log-probability of `end`, the end of the text that was sent to be echoed; nil where the server does not echo.
  func echo(ofTextEndingIn end: String) -> Echo? {
    guard let tokens = choice?["logprobs"]?["tokens"]?.array,
      let values = choice?["logprobs"]?["token_logprobs"]?.array, tokens.count == values.count,
      let generated = generatedTokens, tokens.count > generated
    else { return nil }
    var sum = 0.0
    var rest = Array(end.utf8)[...]
    for (token, value) in zip(tokens, values).dropLast(generated).reversed() {
      if rest.isEmpty { break }
      guard let text = token.string, !text.isEmpty, rest.suffix(text.utf8.count).elementsEqual(text.utf8)
      else { return .tokensDoNotDivide }
      guard let number = value.number else { return nil }
      sum += number
      rest = rest.dropLast(text.utf8.count)
    }
    return rest.isEmpty ? .logProbability(sum) : .tokensDoNotDivide
  }
}
