import Checkpoints
import Foundation
import Streams
import Tensors
import TestSupport
import Transformer

/// The tiny random llama of Tests/Fixtures, and what PyTorch and peft computed on it
/// (make_reference_dumps.py).
public enum TinyModel {
  public static let folder = fixture("tiny-llama")

  /// Whether this machine has products in bfloat16; tests of them are skipped elsewhere.
  public static let hasBFloat16: Bool = {
    let storage = FloatStorage(count: 64 * 64)
    return withExtendedLifetime(storage) {
      LinearWeight.frozen(
        copying: storage.matrix(rows: 64, columns: 64), Numerics(precision: .bfloat16), hasBackward: false)
        != nil
    }
  }()

  /// The decoder over its parameters as they are, with the products of any machine.
  public static func decoder(threads: Int) throws -> Decoder { try trainable(threads: threads).decoder }

  /// The same with the parameters that it views, and products of that precision where this machine has any.
  public static func trainable(
    threads: Int, precision: ProductPrecision = .float32
  ) throws -> (decoder: Decoder, parameters: DecoderParameters) {
    let source = try GGUFCheckpoint(path: folder + "/tiny-llama-f32.gguf")
    let workers = Workers(count: threads)
    let parameters = try DecoderParameters(reading: source, workers: workers)
    let weights = try DecoderWeights(viewing: parameters, precision: precision, workers: workers)
    let decoder = Decoder(configuration: source.configuration, weights: weights, workers: workers)
    return (decoder, parameters)
  }

  /// The decoder with weights that were laid out for fast products of that kind, where this machine has any.
  public static func frozenDecoder(
    threads: Int, precision: ProductPrecision = .float32, weights format: WeightFormat = .float32,
    adapters: [String] = []
  ) throws -> Decoder {
    let source = try GGUFCheckpoint(path: folder + "/tiny-llama-f32.gguf")
    let workers = Workers(count: threads)
    var merged: [PEFTAdapter] = []
    for path in adapters { merged.append(try PEFTAdapter(path: path, for: source.configuration)) }
    let weights = try DecoderWeights.frozen(
      reading: MergedTensors(source, adapters: merged), Numerics(precision: precision, weights: format),
      hasBackward: true, workers: workers)
    return Decoder(configuration: source.configuration, weights: weights, workers: workers)
  }

  /// The weights with the adapter that PyTorch's dumps name merged in.
  public static func mergedParameters(_ adapter: String, workers: Workers) throws -> DecoderParameters {
    let source = try GGUFCheckpoint(path: folder + "/tiny-llama-f32.gguf")
    let adapter = try PEFTAdapter(path: folder + "/reference/" + adapter, for: source.configuration)
    return try DecoderParameters(reading: MergedTensors(source, adapters: [adapter]), workers: workers)
  }

  /// The decoder over frozen weights with its tokenizer and chat template.
  public static func languageModel(threads: Int) throws -> LanguageModel {
    try LanguageModel(
      path: folder + "/tiny-llama-f32.gguf", chatTemplate: nil, use: .inference(Numerics()),
      workers: Workers(count: threads))
  }

  public static func reference() throws -> Reference {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let file = URL(filePath: folder + "/reference/reference.json")
    return try decoder.decode(Reference.self, from: Data(contentsOf: file))
  }

  /// Losses with a divergence, by kind: "lora_forward" and so on (make_divergence_reference.py).
  public static func divergenceReference() throws -> [String: [String: Double]] {
    struct Loss: Decodable {
      var loss: Double
      var distilled: Double
    }
    let file = URL(filePath: folder + "/reference/divergence.json")
    return try JSONDecoder().decode([String: Loss].self, from: Data(contentsOf: file)).mapValues {
      ["loss": $0.loss, "distilled": $0.distilled]
    }
  }

  /// The adapter that PyTorch's dumps name, with its matrices filled in.
  public static func adapter(_ name: String, for decoder: Decoder) throws -> LowRankAdapter {
    let stored = try PEFTAdapter(path: folder + "/reference/" + name, for: decoder.configuration)
    let adapter = LowRankAdapter(
      configuration: decoder.configuration, rank: stored.configuration.rank,
      alpha: Int(stored.configuration.alpha), modules: LinearModule.allCases)
    for (layer, module, side, matrix) in adapter.tensors {
      let factors = try stored.factors(of: "model.layers.\(layer).\(module.path)")
      for (index, value) in (side == .a ? factors.a : factors.b).enumerated() { matrix.base[index] = value }
    }
    return adapter
  }

  public struct Reference: Decodable {
    public struct Sequence: Decodable {
      public var tokens: [Int32]
      public var firstScored: Int
      public var weight: Float
    }
    public struct Curve: Decodable {
      public var losses: [Double]
      public var gradNorms: [Double]
    }
    public struct Training: Decodable {
      public var batches: [[Int]]
      public var learningRate: Double
      public var weightDecay: Double
      public var clip: Double
      public var full: Curve
      public var lora: Curve
    }
    public var sequences: [Sequence]
    public var logProbabilities: [[Double]]
    public var adapterLogProbabilities: [[Double]]
    public var loss: Double
    public var adapterLoss: Double
    public var training: Training
  }
}
