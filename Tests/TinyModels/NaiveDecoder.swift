import Checkpoints
import Foundation
import Transformer

/// A llama decoder written as the equations read, one sequence at a time, in double precision: no token tree,
/// no cache, no BLAS, no shared code with the engine but the weights. What the fast one is held against.
public struct NaiveDecoder {
  let configuration: ModelConfiguration
  let parameters: DecoderParameters

  /// Over the tiny model's weights, as they are on disk.
  public init() throws {
    let (decoder, parameters) = try TinyModel.trainable(threads: 1)
    configuration = decoder.configuration
    self.parameters = parameters
  }

  /// Answers one query by itself: every continuation is run from its first token, every generated token from the
  /// prompt's first.
  public func answer(_ query: Query) -> QueryResult {
    switch query {
    case .score(let prompt, let continuations):
      return .scores(
        continuations.map { continuation in
          let rows = logProbabilities(prompt + continuation.dropLast()).suffix(continuation.count)
          return zip(rows, continuation).reduce(0) { $0 + $1.0[Int($1.1)] }
        })
    case .generate(let prompt, let maximumTokens, let stop):
      var tokens: [Int32] = []
      while tokens.count < maximumTokens {
        let last = logProbabilities(prompt + tokens).last ?? []
        let best = Int32(last.indices.max { last[$0] < last[$1] } ?? 0)
        if stop.contains(best) { return .generated(tokens: tokens, stopped: true) }
        tokens.append(best)
      }
      return .generated(tokens: tokens, stopped: false)
    }
  }

  /// Log-probabilities of the next token, one row a position.
  public func logProbabilities(_ tokens: [Int32]) -> [[Double]] {
    let hidden = configuration.hiddenSize
    var stream = tokens.map { token in vector(parameters.embedding.row(Int(token)), hidden) }
    for layer in 0..<configuration.layerCount {
      let prefix = "model.layers.\(layer)."
      let normed = stream.map { norm($0, weight(prefix + "input_layernorm.weight")) }
      let mixed = attention(normed, prefix: prefix + "self_attn.")
      for index in stream.indices { stream[index] = sum(stream[index], mixed[index]) }
      for index in stream.indices {
        let input = norm(stream[index], weight(prefix + "post_attention_layernorm.weight"))
        let gate = product(weight(prefix + "mlp.gate_proj.weight"), input)
        let up = product(weight(prefix + "mlp.up_proj.weight"), input)
        let active = zip(gate, up).map { $0 / (1 + exp(-$0)) * $1 }
        stream[index] = sum(stream[index], product(weight(prefix + "mlp.down_proj.weight"), active))
      }
    }
    return stream.map { state in
      let logits = product(
        rows(parameters.head.base, parameters.head.rows, hidden), norm(state, weight("model.norm.weight")))
      let highest = logits.max() ?? 0
      let normaliser = highest + log(logits.reduce(0) { $0 + exp($1 - highest) })
      return logits.map { $0 - normaliser }
    }
  }

  private func attention(_ inputs: [[Double]], prefix: String) -> [[Double]] {
    let d = configuration.headDimension
    let group = configuration.headCount / configuration.keyValueHeadCount
    let queries = inputs.enumerated().map {
      rotate(product(weight(prefix + "q_proj.weight"), $1), position: $0)
    }
    let keys = inputs.enumerated().map { rotate(product(weight(prefix + "k_proj.weight"), $1), position: $0) }
    let values = inputs.map { product(weight(prefix + "v_proj.weight"), $0) }
    return inputs.indices.map { position in
      var result: [Double] = []
      for head in 0..<configuration.headCount {
        let query = queries[position][head * d..<(head + 1) * d]
        let shared = head / group * d..<(head / group + 1) * d
        let scores = (0...position).map { key in
          zip(query, keys[key][shared]).reduce(0) { $0 + $1.0 * $1.1 } / Double(d).squareRoot()
        }
        let highest = scores.max() ?? 0
        let shares = scores.map { exp($0 - highest) }
        let total = shares.reduce(0, +)
        result += (0..<d).map { index in
          (0...position).reduce(0) { $0 + shares[$1] / total * values[$1][shared.lowerBound + index] }
        }
      }
      return product(weight(prefix + "o_proj.weight"), result)
    }
  }

  private func rotate(_ heads: [Double], position: Int) -> [Double] {
    let d = configuration.headDimension
    var result = heads
    for start in stride(from: 0, to: heads.count, by: d) {
      for index in 0..<d / 2 {
        let angle = Double(position) * pow(configuration.ropeBase, -2 * Double(index) / Double(d))
        let (a, b) = (heads[start + index], heads[start + index + d / 2])
        result[start + index] = a * cos(angle) - b * sin(angle)
        result[start + index + d / 2] = b * cos(angle) + a * sin(angle)
      }
    }
    return result
  }

  private func norm(_ x: [Double], _ weight: [[Double]]) -> [Double] {
    let meanSquare = x.reduce(0) { $0 + $1 * $1 } / Double(x.count)
    let inverse = 1 / (meanSquare + configuration.rmsNormEpsilon).squareRoot()
    return zip(x, weight[0]).map { $0 * inverse * $1 }
  }

  private func weight(_ name: String) -> [[Double]] {
    guard let matrix = parameters.tensor(named: name) else { return [] }
    return rows(matrix.base, matrix.rows, matrix.columns)
  }

  private func rows(_ base: UnsafeMutablePointer<Float>, _ count: Int, _ columns: Int) -> [[Double]] {
    (0..<count).map { vector(base + $0 * columns, columns) }
  }

  private func vector(_ base: UnsafeMutablePointer<Float>, _ count: Int) -> [Double] {
    (0..<count).map { Double(base[$0]) }
  }

  private func product(_ matrix: [[Double]], _ x: [Double]) -> [Double] {
    matrix.map { row in zip(row, x).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  private func sum(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 + $1 } }
}
