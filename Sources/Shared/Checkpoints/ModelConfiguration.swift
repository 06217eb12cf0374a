import Glibc
import Streams

/// What the gate of a feed-forward layer goes through before it is multiplied.
public enum GateActivation: Sendable, Equatable {
  /// x·σ(x)
  case silu
  /// ½x·(1 + tanh(√(2/π)·(x + 0.044715·x³))), the approximation of the Gaussian error linear unit.
  case geluTanh
}

/// Layers that see only the last tokens, in a fixed rhythm among those that see all (Gemma 3).
public struct SlidingWindow: Sendable, Equatable {
  /// Tokens a query sees, itself among them.
  public var length: Int
  /// Every so many layers, the last sees everything.
  public var period: Int
  /// Base of these layers' rotary embeddings, which are never scaled.
  public var ropeBase: Double

  /// Window and rhythm; `period` must be above 0.
  public init(length: Int, period: Int, ropeBase: Double) {
    self.length = length
    self.period = period
    self.ropeBase = ropeBase
  }

  /// Whether that layer sees the window only.
  public func holds(layer: Int) -> Bool { (layer + 1) % period != 0 }
}

/// The sizes and constants of a decoder, checked to be positive and consistent.
public struct ModelConfiguration: Sendable, Equatable {
  /// The family, which decides names and layout of tensors in files.
  public var architecture: ModelArchitecture
  /// Rows of the embedding matrix; may exceed the tokenizer's number of ids.
  public var vocabularySize: Int
  /// Width of the residual stream.
  public var hiddenSize: Int
  /// Width of the feed-forward layer.
  public var intermediateSize: Int
  /// Decoder blocks.
  public var layerCount: Int
  /// Query heads.
  public var headCount: Int
  /// Key and value heads; divides `headCount`.
  public var keyValueHeadCount: Int
  /// Width of one head; even, since rotary embeddings turn pairs.
  public var headDimension: Int
  /// Base of the rotary embeddings' frequencies (theta).
  public var ropeBase: Double
  /// nil for unscaled frequencies.
  public var ropeScaling: RopeScaling?
  /// ε, added to the mean square before its root is taken.
  public var rmsNormEpsilon: Double
  /// The longest sequence the model was made for, in tokens.
  public var contextLength: Int
  /// Whether the output matrix is the embedding matrix.
  public var tiedEmbeddings: Bool
  /// Whether the projections to queries, keys and values have biases.
  public var hasProjectionBias = false
  /// Whether each head's query and key is normalised before it is turned.
  public var hasHeadNorms = false
  /// Whether what attention and the feed-forward layer give is normalised before it is added to the residual stream.
  public var hasOutputNorms = false
  /// What is added to the weights of all norms.
  public var normOffset = 0.0
  /// What embeddings are multiplied by.
  public var embeddingScale = 1.0
  /// What products of queries and keys are multiplied by, before what scaling of positions adds (`productScale`); nil
  /// for 1/√headDimension.
  public var attentionScale: Double?
  /// The function of the gate; SiLU for all families but Gemma 3.
  public var gateActivation = GateActivation.silu
  /// nil where all layers see everything.
  public var slidingWindow: SlidingWindow?

  /// What all families have; the rest begins as llama has it. Nothing is checked here.
  public init(
    architecture: ModelArchitecture, vocabularySize: Int, hiddenSize: Int, intermediateSize: Int,
    layerCount: Int,
    headCount: Int, keyValueHeadCount: Int, headDimension: Int, ropeBase: Double,
    ropeScaling: RopeScaling? = nil,
    rmsNormEpsilon: Double, contextLength: Int, tiedEmbeddings: Bool
  ) {
    self.architecture = architecture
    self.vocabularySize = vocabularySize
    self.hiddenSize = hiddenSize
    self.intermediateSize = intermediateSize
    self.layerCount = layerCount
    self.headCount = headCount
    self.keyValueHeadCount = keyValueHeadCount
    self.headDimension = headDimension
    self.ropeBase = ropeBase
    self.ropeScaling = ropeScaling
    self.rmsNormEpsilon = rmsNormEpsilon
    self.contextLength = contextLength
    self.tiedEmbeddings = tiedEmbeddings
  }

  /// Throws `ToolError` (65) where a size is not positive, absurdly large, or at odds with another. The limits
  /// lie far above every published model; they keep products of sizes within 64 bits.
  func validate() throws(ToolError) {
    let sizes = [
      ("vocabulary size", vocabularySize, 1 << 24), ("hidden size", hiddenSize, 1 << 20),
      ("intermediate size", intermediateSize, 1 << 22), ("layer count", layerCount, 1 << 12),
      ("head count", headCount, 1 << 14), ("key/value head count", keyValueHeadCount, 1 << 14),
      ("head dimension", headDimension, 1 << 14), ("context length", contextLength, 1 << 30),
    ]
    for (name, value, limit) in sizes where value < 1 || value > limit {
      throw .badData("has a \(name) of \(value); 1 to \(limit) are supported")
    }
    guard headCount % keyValueHeadCount == 0 else {
      throw .badData("has \(headCount) heads, no multiple of its \(keyValueHeadCount) key/value heads")
    }
    guard headDimension % 2 == 0 else { throw .badData("has an odd head dimension of \(headDimension)") }
    guard ropeBase.isFinite, ropeBase >= 1 else { throw .badData("has a rotary base of \(ropeBase)") }
    guard rmsNormEpsilon.isFinite, rmsNormEpsilon > 0, rmsNormEpsilon < 1 else {
      throw .badData("has an RMSNorm epsilon of \(rmsNormEpsilon)")
    }
    try ropeScaling?.validate()
    if let window = slidingWindow {
      guard window.length > 0, window.period > 0, window.ropeBase.isFinite, window.ropeBase >= 1 else {
        throw .badData("has a sliding window of \(window.length) tokens in \(window.period) layers")
      }
    }
    guard attentionScale.map({ $0.isFinite && $0 > 0 }) ?? true else {
      throw .badData("has an attention scale of \(attentionScale ?? 0)")
    }
  }

  /// What products of turned queries and keys are multiplied by: the attention scale, and twice the factor that the
  /// scaling of positions puts before cosines and sines.
  public var productScale: Double {
    let rotary = ropeScaling?.attentionFactor ?? 1
    return (attentionScale ?? 1 / Double(headDimension).squareRoot()) * rotary * rotary
  }

  /// The rotary embeddings' inverse frequencies, `headDimension / 2` of them, scaled: the angle of pair i at
  /// position p is `p × inverseFrequencies[i]` (transformers' modeling_rope_utils.py, computed in Float as there).
  public func ropeInverseFrequencies() -> [Float] {
    let plain = inverseFrequencies(base: ropeBase)
    return ropeDivisors.map { zip(plain, $0).map { $0 / $1 } } ?? plain
  }

  /// The same for the layers of the sliding window.
  public func windowInverseFrequencies() -> [Float]? {
    slidingWindow.map { inverseFrequencies(base: $0.ropeBase) }
  }

  /// What the scaling divides each frequency by, nil without scaling.
  var ropeDivisors: [Float]? {
    ropeScaling?.divisors(of: inverseFrequencies(base: ropeBase), base: ropeBase)
  }

  private func inverseFrequencies(base: Double) -> [Float] {
    (0..<(headDimension / 2)).map { index in
      let exponent = Float(2 * index) / Float(headDimension)
      return 1 / Float(pow(base, Double(exponent)))
    }
  }
}
