import Cases
import Checkpoints
import Streams
import Tensors
import Tokenizers

/// What a checkpoint is loaded for, which decides how its weights are kept.
public enum ModelUse: Sendable {
  /// To be run.
  case inference(Numerics)
  /// To train an adapter beside its frozen weights; the adapter itself is computed in 32-bit floats.
  case lowRankTraining(Numerics)
  /// To train all its weights, which stay 32-bit floats; so do their gradients.
  case fullTraining(ProductPrecision)
}

extension ModelUse {
  /// Whether weights are frozen and laid out as a `WeightCache` holds them.
  var hasFrozenPanels: Bool {
    switch self {
    case .inference(let numerics), .lowRankTraining(let numerics): WeightPlace.fits(numerics)
    case .fullTraining: false
    }
  }
}

/// A checkpoint ready to run: weights (with its adapters merged in), tokenizer and chat template.
public final class LanguageModel {
  /// The weights, ready for passes.
  public let decoder: Decoder
  /// What makes its prompts.
  public let prompts: PromptEncoder
  /// Which checkpoint this is, for records.
  public let identity: ModelIdentity
  /// All weights as they are trained; nil where they are frozen.
  public let parameters: DecoderParameters?
  /// What its user should know, a sentence each.
  public let warnings: [String]
  private let checkpoint: ModelCheckpoint
  private let adapterPaths: [String]

  /// Loads a checkpoint.
  /// - Parameters:
  ///   - path: a GGUF file or a Hugging Face directory.
  ///   - adapters: PEFT adapter directories, merged in this order.
  ///   - chatTemplate: its name; nil for the one that the checkpoint brings.
  ///   - templateArguments: what the checkpoint's own template is given beyond the conversation.
  ///   - cache: the folder of a `WeightCache`, where frozen weights may lie.
  /// - Throws: `ToolError`: 66 where something is missing, 65 where it is broken or unknown, 64 for an
  ///   unknown template, or a precision that this machine does not have.
  public init(
    path: String, adapters adapterPaths: [String] = [], chatTemplate: String?,
    templateArguments: JSONObject = [:],
    use: ModelUse, cache directory: String? = nil, workers: Workers
  ) throws(ToolError) {
    let checkpoint = try ModelCheckpoint(path: path)
    prompts = try PromptEncoder(
      checkpoint, chatTemplate: chatTemplate, templateArguments: templateArguments)
    var adapters: [PEFTAdapter] = []
    for adapter in adapterPaths {
      adapters.append(try PEFTAdapter(path: adapter, for: checkpoint.configuration))
    }
    identity = ModelIdentity(
      name: checkpoint.name,
      fingerprint: try Self.fingerprint(
        of: checkpoint, adapters: adapters, chatTemplate: prompts.chatTemplate),
      adapter: adapterPaths.isEmpty ? nil : adapterPaths.joined(separator: ","),
      chatTemplate: prompts.chatTemplate.name)
    let tensors =
      adapters.isEmpty ? checkpoint.tensors : MergedTensors(checkpoint.tensors, adapters: adapters)
    var cache: (WeightCache, fingerprint: String)?
    if let directory, use.hasFrozenPanels {
      cache = (try WeightCache(directory: directory), identity.fingerprint)
    }
    let weights: DecoderWeights
    switch use {
    case .fullTraining(let precision):
      let trained = try DecoderParameters(reading: tensors, workers: workers)
      parameters = trained
      weights = try DecoderWeights(viewing: trained, precision: precision, workers: workers)
    case .lowRankTraining(let numerics):
      parameters = nil
      weights = try .frozen(
        reading: tensors, numerics, hasBackward: true, cache: cache, workers: workers)
    case .inference(let numerics):
      parameters = nil
      weights = try .frozen(
        reading: tensors, numerics, hasBackward: false, cache: cache, workers: workers)
    }
    decoder = Decoder(configuration: checkpoint.configuration, weights: weights, workers: workers)
    let isUnused = directory != nil && cache == nil
    warnings =
      prompts.warnings
      + (isUnused ? ["the weight cache is not used: these weights are not held in panels of our own"] : [])
      + (cache?.0.warnings ?? [])
    self.checkpoint = checkpoint
    self.adapterPaths = adapterPaths
  }

  /// The checkpoint's own.
  public var tokenizer: any Tokenizer { prompts.tokenizer }
  /// The one that was named, or else the checkpoint's.
  public var chatTemplate: PromptTemplate { prompts.chatTemplate }
  /// The token that ends an assistant's turn.
  public var endOfTurn: Int32 { prompts.endOfTurn }

  /// What manifests and run configurations say of the checkpoint: `name`, `fingerprint`, `adapters`,
  /// and what `PromptTemplate.record` says of the template.
  public var record: JSONObject {
    var record: JSONObject = [
      "name": .string(identity.name), "fingerprint": .string(identity.fingerprint),
      "adapters": .array(adapterPaths.map { .string($0) }),
    ]
    for member in chatTemplate.record.members { record[member.key] = member.value }
    return record
  }

  /// The fingerprint by which records and runs know a checkpoint: of its weights, tokenizer, template and adapters.
  /// - Parameter dates: what an earlier run's record says of `strftime_now`; nil for today.
  /// - Throws: `ToolError` (66) where a file is gone.
  public static func fingerprint(
    of checkpoint: ModelCheckpoint, adapters: [PEFTAdapter], chatTemplate: PromptTemplate,
    dates: JSONObject? = nil
  ) throws(ToolError) -> String {
    try checkpoint.fingerprint(chatTemplate: chatTemplate.identity(dates: dates), adapters: adapters)
  }

  /// As `PromptEncoder.prompt`.
  public func prompt(_ messages: [Message], prefill: String, room: Int) throws(ToolError) -> [Int32] {
    try prompts.prompt(messages, prefill: prefill, room: room)
  }

  /// As `PromptEncoder.continuation`.
  public func continuation(_ text: String) -> [Int32] { prompts.continuation(text) }

  /// Writes what is trained of this model as a checkpoint, into a directory that exists: a PEFT adapter, or a Hugging
  /// Face directory in F32. Throws `ToolError` (73, 74).
  public func write(_ trained: Trained, to directory: String) throws(ToolError) {
    switch trained {
    case .adapter(let adapter): try write(adapter, to: directory)
    case .weights(let parameters): try write(parameters, to: directory)
    }
  }

  /// Writes weights of this model as a Hugging Face directory in F32, with tokenizer and chat template, into
  /// a directory that exists. Throws `ToolError` (73, 74).
  private func write(_ parameters: DecoderParameters, to directory: String) throws(ToolError) {
    try HuggingFaceWriter.write(
      to: directory, configuration: decoder.configuration,
      specialTokens: HuggingFaceWriter.SpecialTokens(
        beginningOfSequence: tokenizer.beginningOfSequence,
        endOfSequence: [endOfTurn] + tokenizer.endOfTurnTokens.subtracting([endOfTurn]).sorted(),
        padding: tokenizer.endOfSequence),
      files: try checkpoint.tokenizerFiles(tokenizer, chatTemplate: chatTemplate)
    ) { name, body throws(ToolError) in
      guard let tensor = parameters.tensor(named: name) else {
        throw ToolError(.failedRun, "the model has no tensor \"\(name)\" to write")
      }
      try body(UnsafeBufferPointer(start: tensor.base, count: tensor.rows * tensor.columns))
    }
  }

  /// Writes an adapter over this model as a PEFT directory, into a directory that exists. Throws `ToolError`
  /// (73, 74).
  private func write(_ adapter: LowRankAdapter, to directory: String) throws(ToolError) {
    try PEFTAdapter.write(
      to: directory,
      configuration: PEFTConfiguration(
        rank: adapter.rank, alpha: Double(adapter.alpha), targetModules: adapter.modules.map(\.rawValue),
        baseModel: checkpoint.name),
      factors: adapter.factors)
  }
}
