import Transformer

/// The next examples of a step in one packed forest, as many as one pass holds, and what their loss asks of
/// it.
struct TrainingPack {
  /// One scored token of an example.
  struct Target {
    var row: Int
    var token: Int32
    var weight: Float
    var objective: Objective
    /// Whether the teacher's distribution is wanted in the token's place.
    var isDistilled: Bool
  }

  let forest: PackedForest
  /// Example by example, token by token.
  let targets: [Target]
  /// Those that ask for the teacher's distribution.
  let distilled: [EncodedExample]
  /// Of all examples, shared ones counted each time.
  let tokenCount: Int

  /// Takes examples from the front: one at least, then as many as keep below `rowBudget` distinct tokens.
  init(taking examples: inout ArraySlice<EncodedExample>, rowBudget: Int) {
    var forest = TokenForest()
    var paths: [(example: EncodedExample, nodes: [TokenForest.Node])] = []
    repeat {
      guard let example = examples.popFirst() else { break }
      paths.append((example, forest.insert(Array(example.tokens.dropLast()))))
    } while examples.first.map { forest.count + forest.newNodes(for: $0.tokens) <= rowBudget } ?? false
    let packed = PackedForest(forest)
    targets = paths.flatMap { example, nodes in
      (example.firstScored..<example.tokens.count).map { place in
        Target(
          row: packed.row(of: nodes[place - 1]), token: example.tokens[place], weight: example.weight,
          objective: example.objective, isDistilled: example.isDistilled)
      }
    }
    self.forest = packed
    distilled = paths.map(\.example).filter(\.isDistilled)
    tokenCount = paths.reduce(0) { $0 + $1.example.tokens.count }
  }

  /// The targets with their share of a step's loss, which weighs `totalWeight`; `states` has the row of the
  /// teacher's states for each target that wants one, in their order.
  func rowTargets(totalWeight: Double, states: [Int]) -> [RowTarget] {
    var states = states[...]
    return targets.map { target in
      let goal: RowTarget.Goal =
        target.isDistilled ? .teacher(state: states.removeFirst()) : .token(target.token)
      return RowTarget(
        row: target.row, goal: goal,
        weight: totalWeight > 0 ? Float(Double(target.weight) / totalWeight) : 0)
    }
  }
}
