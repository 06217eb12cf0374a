import Tensors

extension TrainingPass {
  /// All that is asked at one row of a packed forest.
  private struct AskedRow {
    var row: Int
    /// Each with its place among the targets.
    var tokens: [(place: Int, target: CrossEntropyTarget)] = []
    /// Places of targets that want the teacher's distribution, which is the same for all of them.
    var divergences: [Int] = []
    var teacherState: Int?
    var divergenceWeight: Float = 0
    var asksTeacher: Bool { teacherState != nil }

    mutating func add(_ target: RowTarget, at place: Int) {
      switch target.goal {
      case .token(let token): tokens.append((place, CrossEntropyTarget(token: token, weight: target.weight)))
      case .teacher(let state):
        divergences.append(place)
        teacherState = state
        divergenceWeight += target.weight
      }
    }
  }

  /// The loss of each target. Logits are made only of rows with targets, some rows at a time, and the
  /// teacher's likewise. With `backward`, writes the gradient of the states and adds that of the head.
  func vocabularyLoss(
    _ targets: [RowTarget], teacher: TeacherStates?, _ memory: TrainingActivations, backward: Bool
  ) -> [Float] {
    var asked: [Int: AskedRow] = [:]
    for (place, target) in targets.enumerated() {
      asked[target.row, default: AskedRow(row: target.row)].add(target, at: place)
    }
    // Those that ask the teacher first, so that in a chunk they are its beginning.
    let rows = asked.values.sorted { ($0.asksTeacher ? 0 : 1, $0.row) < ($1.asksTeacher ? 0 : 1, $1.row) }
    var losses = [Float](repeating: 0, count: targets.count)
    let head = decoder.weights.head
    for start in stride(from: 0, to: rows.count, by: memory.logits.rows) {
      let chunk = rows[start..<min(start + memory.logits.rows, rows.count)]
      let states = memory.chunkStates.rows(0..<chunk.count)
      let logits = memory.logits.rows(0..<chunk.count)
      for (index, asked) in chunk.enumerated() {
        states.row(index).update(from: memory.states.row(asked.row), count: states.columns)
      }
      head.multiply(states, into: logits, workers: decoder.workers)
      let teacherLogits = teacher.map { distribution(of: $0, for: chunk, memory) }
      losses.withUnsafeMutableBufferPointer { losses in
        // Rows have distinct targets, so no two tasks write the same element.
        nonisolated(unsafe) let slots = losses
        decoder.workers.run(chunk.count) { index, _ in
          let asked = chunk[chunk.startIndex + index]
          let guided = asked.asksTeacher ? teacherLogits?.rows(index..<index + 1) : nil
          if let guided, let teacher {
            let loss = divergenceBackward(
              student: logits.row(index), replacing: guided.base, count: logits.columns, teacher.divergence,
              weight: asked.divergenceWeight)
            for place in asked.divergences { slots[place] = loss }
          }
          let tokenLosses = crossEntropyBackward(
            replacing: logits.row(index), count: logits.columns, targets: asked.tokens.map(\.target))
          for (loss, token) in zip(tokenLosses, asked.tokens) { slots[token.place] = loss }
          if let guided { add(guided, to: logits.rows(index..<index + 1)) }
        }
      }
      if backward { headBackward(chunk.map(\.row), logits: logits, states: states, memory) }
    }
    return losses
  }

  /// The teacher's logits at the rows of a chunk that ask for them, which are its first.
  private func distribution(
    of teacher: TeacherStates, for chunk: ArraySlice<AskedRow>, _ memory: TrainingActivations
  ) -> Matrix {
    let wanted = chunk.compactMap(\.teacherState)
    let states = memory.chunkGradients.rows(0..<wanted.count)
    let logits = memory.teacherLogits.rows(0..<wanted.count)
    if wanted.isEmpty { return logits }
    for (index, state) in wanted.enumerated() {
      states.row(index).update(from: teacher.states.row(state), count: states.columns)
    }
    teacher.head.multiply(states, into: logits, workers: decoder.workers)
    return logits
  }

  /// The gradient of the states of these rows from that of their logits; the head's is added where it is
  /// trained.
  private func headBackward(_ rows: [Int], logits: Matrix, states: Matrix, _ memory: TrainingActivations) {
    let head = decoder.weights.head
    let dstates = memory.chunkGradients.rows(0..<rows.count)
    if let gradients = weightGradients {
      head.multiplyBackward(
        logits, x: states, into: dstates, addingTo: gradients.head, workers: decoder.workers)
    } else {
      head.multiplyBackward(logits, into: dstates, workers: decoder.workers)
    }
    for (index, row) in rows.enumerated() {
      memory.dstates.row(row).update(from: dstates.row(index), count: dstates.columns)
    }
  }
}
