/// What a checkpoint did on one input: B(M, x), the discrete answer and what it was read from.
public struct Behavior: Equatable, Sendable {
  /// Why greedy text ended: `stop` at the token that ends the turn, `length` at the readout's token limit.
  public enum Finish: String, Sendable { case stop, length }

  /// What a `generate` readout adds.
  public struct Generation: Equatable, Sendable {
    /// What was generated, without the prefill before it and the token that ended it.
    public var text: String
    /// Tokens generated, the end-of-turn token not counted.
    public var tokens: Int
    /// `length` where the text may have been cut off.
    public var finish: Finish

    /// The counts and the end as they are recorded; that they fit the text is not checked.
    public init(text: String, tokens: Int, finish: Finish) {
      self.text = text
      self.tokens = tokens
      self.finish = finish
    }
  }

  /// The log-probability of one choice's whole token string, natural logarithm.
  public struct ChoiceScore: Equatable, Sendable {
    /// One of the readout's choices, as it is written there.
    public var choice: String
    /// Not above 0, but for rounding; −∞ cannot be written as JSON. nil where a server gave those of other tokens
    /// alone.
    public var logProbability: Double?

    /// Whether the choice is one of the readout's is not checked here.
    public init(choice: String, logProbability: Double?) {
      self.choice = choice
      self.logProbability = logProbability
    }
  }

  /// One of the readout's answers: a choice, or what the task made of the generated text.
  public var answer: String
  /// In the order of the readout's choices; nil for `generate`, or where a server gave none.
  public var scores: [ChoiceScore]?
  /// nil for a `choice` readout.
  public var generation: Generation?

  /// An answer as it was read; a `choice` readout brings scores, a `generate` readout the generation.
  public init(answer: String, scores: [ChoiceScore]? = nil, generation: Generation? = nil) {
    self.answer = answer
    self.scores = scores
    self.generation = generation
  }
}

/// What a checkpoint NAME did on x and on every x∖C of a case.
public struct CaseBehavior: Equatable, Sendable {
  /// nil where the record does not say which checkpoint answered.
  public var model: ModelIdentity?
  /// B(M, x).
  public var original: Behavior
  /// B(M, x∖C) by feature id, in the case's feature order.
  public var counterfactual: [String: Behavior]

  /// The answers to all inputs of a case: `counterfactual` must hold every feature's id.
  public init(model: ModelIdentity?, original: Behavior, counterfactual: [String: Behavior]) {
    self.model = model
    self.original = original
    self.counterfactual = counterfactual
  }
}

/// Which checkpoint answered.
public struct ModelIdentity: Equatable, Sendable {
  /// The checkpoint's file or directory name without the ending `.gguf`, or what a server calls the model.
  public var name: String
  /// `sha256:…` over weights, tokenizer, template and adapter; empty where a record has none.
  public var fingerprint: String
  /// The adapters' paths, joined by commas in the order in which they were merged; nil for none.
  public var adapter: String?
  /// The name of the template that rendered the prompts; `server` where the server did;
  /// empty where a record has none.
  public var chatTemplate: String

  /// Names and digests as they are recorded; nothing is looked up.
  public init(name: String, fingerprint: String, adapter: String?, chatTemplate: String) {
    self.name = name
    self.fingerprint = fingerprint
    self.adapter = adapter
    self.chatTemplate = chatTemplate
  }
}
