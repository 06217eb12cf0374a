import Checkpoints
import Tensors

/// The projections that an adapter can change, by their name in Hugging Face checkpoints.
public enum LinearModule: String, CaseIterable, Sendable {
  case query = "q_proj"
  case key = "k_proj"
  case value = "v_proj"
  case output = "o_proj"
  case gate = "gate_proj"
  case up = "up_proj"
  case down = "down_proj"

  /// The weight that it changes.
  var role: TensorRole {
    switch self {
    case .query: .query
    case .key: .key
    case .value: .value
    case .output: .attentionOutput
    case .gate: .gate
    case .up: .up
    case .down: .down
    }
  }

  /// The module's path inside its layer.
  public var path: String {
    switch self {
    case .query, .key, .value, .output: "self_attn.\(rawValue)"
    case .gate, .up, .down: "mlp.\(rawValue)"
    }
  }
}

/// The low-rank pairs of projections that read the same input: y[outputs] += scale·(x·Aᵀ)·Bᵀ (Hu et al.,
/// arXiv:2106.09685).
struct LowRankGroup {
  struct Member {
    let module: LinearModule
    /// Columns of its group's output that this module makes.
    let outputs: Range<Int>
    /// [out × rank]
    let b: Matrix
  }
  /// The A matrices of all members below each other, [members·rank × in].
  let a: Matrix
  let members: [Member]
  let rank: Int

  func a(of member: Int) -> Matrix { a.rows(member * rank..<(member + 1) * rank) }
}

/// A LoRA adapter over a decoder, or its gradients or optimizer moments: all matrices in one allocation.
public final class LowRankAdapter: @unchecked Sendable {
  /// All matrices, in the order of `tensors`.
  public let storage: FloatStorage
  /// Rows of each A, columns of each B.
  public let rank: Int
  /// Numerator of the scale.
  public let alpha: Int
  /// The modules that are adapted, in every layer, in the order of `LinearModule`.
  public let modules: [LinearModule]
  let layers: [Layer]

  struct Layer {
    let queryKeyValue: LowRankGroup?
    let output: LowRankGroup?
    let gateUp: LowRankGroup?
    let down: LowRankGroup?
  }

  /// alpha / rank, what the product is multiplied by.
  public var scale: Float { Float(alpha) / Float(rank) }

  /// Columns of x·Aᵀ of all modules of a layer.
  public var narrowWidth: Int { modules.count * rank }

  /// Zeros for these modules of every layer.
  public init(configuration: ModelConfiguration, rank: Int, alpha: Int, modules: [LinearModule]) {
    self.rank = rank
    self.alpha = alpha
    self.modules = LinearModule.allCases.filter(modules.contains)
    let table = TensorTable(configuration)
    // Layers are alike. Modules that read the same input are a group.
    let groups = StackedTensors.layerRoles.map { roles in
      let modules = roles.compactMap { role in LinearModule.allCases.first { $0.role == role } }
      let shapes = modules.map { table[$0.role, 0]?.shape ?? [0, 0] }
      return (input: shapes[0][1], outputs: Array(zip(modules, shapes.map { $0[0] })))
    }
    let chosen = self.modules
    let perLayer = groups.reduce(0) { total, group in
      total + group.outputs.filter { chosen.contains($0.0) }.reduce(0) { $0 + rank * (group.input + $1.1) }
    }
    let storage = FloatStorage(count: perLayer * configuration.layerCount)
    self.storage = storage
    var offset = 0
    func place(_ input: Int, _ outputs: [(LinearModule, Int)]) -> LowRankGroup? {
      let present = outputs.filter { chosen.contains($0.0) }
      if present.isEmpty { return nil }
      let a = storage.matrix(rows: present.count * rank, columns: input, at: offset)
      offset += present.count * rank * input
      var members: [LowRankGroup.Member] = []
      var column = 0
      for (module, width) in outputs {
        if chosen.contains(module) {
          let b = storage.matrix(rows: width, columns: rank, at: offset)
          members.append(LowRankGroup.Member(module: module, outputs: column..<column + width, b: b))
          offset += width * rank
        }
        column += width
      }
      return LowRankGroup(a: a, members: members, rank: rank)
    }
    layers = (0..<configuration.layerCount).map { _ in
      Layer(
        queryKeyValue: place(groups[0].input, groups[0].outputs),
        output: place(groups[1].input, groups[1].outputs),
        gateUp: place(groups[2].input, groups[2].outputs), down: place(groups[3].input, groups[3].outputs))
    }
  }

  /// Every matrix with its layer, module and side, in the order of storage.
  public var tensors: [(layer: Int, module: LinearModule, side: Side, matrix: Matrix)] {
    layers.enumerated().flatMap { index, layer in
      [layer.queryKeyValue, layer.output, layer.gateUp, layer.down].compactMap { $0 }.flatMap { group in
        group.members.enumerated().map { (index, $1.module, .a, group.a(of: $0)) }
          + group.members.map { (index, $0.module, .b, $0.b) }
      }
    }
  }

  /// Which factor of B·A a matrix is; the raw value is its name in peft's files.
  public enum Side: String, Sendable {
    case a = "lora_A"
    case b = "lora_B"
  }
}
