/// What part of a step adds to its outcome.
struct StepSums {
  /// Σ wᵢℓᵢ and Σ wᵢ over the scored tokens of each objective.
  private var weighted: [Objective: (loss: Double, weight: Double)] = [:]
  /// Tokens of all examples, shared ones counted each time.
  var tokens = 0
  /// Distinct tokens computed.
  var rows = 0

  init() {}

  mutating func add(loss: Float, of target: TrainingPack.Target) {
    let weight = Double(target.weight)
    let (sum, total) = weighted[target.objective] ?? (0, 0)
    weighted[target.objective] = (sum + weight * Double(loss), total + weight)
  }

  static func += (left: inout StepSums, right: StepSums) {
    for (objective, part) in right.weighted {
      let (sum, total) = left.weighted[objective] ?? (0, 0)
      left.weighted[objective] = (sum + part.loss, total + part.weight)
    }
    left.tokens += right.tokens
    left.rows += right.rows
  }

  /// Of a step whose scored tokens weigh `totalWeight` together.
  func outcome(totalWeight: Double) -> StepOutcome {
    var outcome = StepOutcome(loss: 0, losses: [:], gradientNorm: 0, tokens: tokens, rows: rows)
    if totalWeight > 0 {
      outcome.loss = Objective.allCases.reduce(0.0) { $0 + (weighted[$1]?.loss ?? 0) } / totalWeight
    }
    outcome.losses = weighted.filter { $0.value.weight > 0 }.mapValues { $0.loss / $0.weight }
    return outcome
  }

  // MARK: As a message to other processes

  /// The same number of bytes whatever the sums.
  var bytes: [UInt8] {
    let parts = Objective.allCases.flatMap { objective in
      let (loss, weight) = weighted[objective] ?? (0, 0)
      return [loss, weight]
    }
    return (parts + [Double(tokens), Double(rows)]).withUnsafeBytes { Array($0) }
  }

  /// How many they are.
  static let byteCount = (2 * Objective.allCases.count + 2) * MemoryLayout<Double>.size

  init(bytes: ArraySlice<UInt8>) {
    let numbers = Array(bytes).withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }
    for (index, objective) in Objective.allCases.enumerated() {
      weighted[objective] = (numbers[2 * index], numbers[2 * index + 1])
    }
    tokens = Int(numbers[numbers.count - 2])
    rows = Int(numbers[numbers.count - 1])
  }
}
