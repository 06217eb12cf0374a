import Streams
import Tensors

/// Answers packs of queries: one pass over each pack's forest, then all its generations decoded side by side,
/// several tokens at a time where it has seen the like before.
public final class Evaluator {
  private let decoder: Decoder
  private let pass: InferencePass
  private let reader: VocabularyReader
  private let cache: KeyValueCache
  private var memory: ContinuationMemory
  /// What was computed so far.
  public private(set) var tokens = TokenCounts()

  /// Begins without drafts; it learns them from what it generates.
  public convenience init(decoder: Decoder) { self.init(decoder: decoder, memory: ContinuationMemory()) }

  /// An adapter that is in training beside the weights, with its transposed factors up to date.
  convenience init(decoder: Decoder, adapter: LowRankTraining?) {
    self.init(decoder: decoder, adapter: adapter, memory: ContinuationMemory())
  }

  /// - Parameter memory: what it drafts by at first.
  package convenience init(decoder: Decoder, memory: ContinuationMemory) {
    self.init(decoder: decoder, adapter: nil, memory: memory)
  }

  private init(decoder: Decoder, adapter: LowRankTraining?, memory: ContinuationMemory) {
    self.decoder = decoder
    self.memory = memory
    cache = KeyValueCache(configuration: decoder.configuration)
    pass = InferencePass(decoder: decoder, adapter: adapter)
    reader = VocabularyReader(decoder: decoder)
  }

  /// Answers these queries as one pack. Throws `ToolError` (130) where it is interrupted.
  public func evaluate(_ queries: [Query]) throws(ToolError) -> [QueryResult] {
    var pack = EvaluationPack()
    pack.add(queries)
    return try evaluate(pack)
  }

  /// Answers the queries of a pack, in the order in which they were added. Throws `ToolError` (130) where it is
  /// interrupted.
  public func evaluate(_ pack: EvaluationPack) throws(ToolError) -> [QueryResult] {
    if pack.places.isEmpty { return [] }
    tokens.distinct += pack.rowCount
    tokens.total += pack.sequenceTokens
    var generations = pack.generations
    let scores = try runForest(PackedForest(pack.forest), scored: pack.scored, generations: &generations)
    return pack.places.map { place in
      switch place {
      case .scored(let index): return .scores(scores[index])
      case .generated(let index):
        let generation = generations[index]
        tokens.total += generation.tokens.count
        return .generated(tokens: generation.tokens, stopped: generation.stopped)
      }
    }
  }

  private func runForest(
    _ packed: PackedForest, scored: [EvaluationPack.ScoredQuery], generations: inout [Generation]
  ) throws(ToolError) -> [[Double]] {
    let reserved = generations.reduce(0) { $0 + max(0, $1.maximumTokens - 1) }
    // Keys and values are kept only where something is generated from them.
    let cache = generations.isEmpty ? nil : self.cache
    cache?.reserve(rows: packed.count + reserved)
    // Every row that is read, once, with all the tokens whose probability is wanted there.
    var wanted: [Int: [Int32]] = [:]
    for query in scored {
      for (path, continuation) in zip(query.paths, query.continuations) {
        for (node, token) in zip(path, continuation) {
          wanted[packed.row(of: node), default: []].append(token)
        }
      }
    }
    for generation in generations { wanted[packed.row(of: generation.leaf), default: []] += [] }
    let rows = wanted.keys.sorted()
    let states = try pass.run(
      RowBatch(
        tokens: packed.tokens, positions: packed.positions, blocks: packed.blocks,
        cacheRows: cache == nil ? [] : Array(0..<packed.count)),
      cache: cache, reading: rows)
    let readings = try read(tokens: rows.map { wanted[$0] ?? [] }, of: states)
    let readingOfRow = Dictionary(uniqueKeysWithValues: zip(rows, readings))

    let scores = scored.map { query in
      zip(query.paths, query.continuations).map { path, continuation in
        zip(path, continuation).reduce(0.0) { total, step in
          total + Double(readingOfRow[packed.row(of: step.0)]?.logProbabilities[step.1] ?? 0)
        }
      }
    }
    if let cache {
      for index in generations.indices {
        let row = packed.row(of: generations[index].leaf)
        generations[index].path = packed.path(to: row)
        generations[index].depth = packed.positions[row]
        take(readingOfRow[row]?.best ?? 0, &generations[index])
      }
      try decode(&generations, from: packed.count, cache: cache)
    }
    return scores
  }

  /// Extends every branch that has not ended by its last token and a draft. Of a draft, those tokens are kept that
  /// greedy decoding would have written.
  private func decode(
    _ generations: inout [Generation], from firstFreeRow: Int, cache: KeyValueCache
  ) throws(ToolError) {
    var freeRow = firstFreeRow
    for index in generations.indices {
      generations[index].firstRow = freeRow
      freeRow += max(0, generations[index].maximumTokens - 1)
    }
    while true {
      let live = generations.indices.filter { !generations[$0].ended }
      if live.isEmpty { return }
      var batch = RowBatch(tokens: [], positions: [], blocks: [], cacheRows: [])
      let drafts = live.map { index in
        let generation = generations[index]
        let written = generation.tokens.count
        let draft = memory.draft(
          after: generation.tokens, maximum: generation.maximumTokens - 1 - written, stop: generation.stop)
        for (offset, token) in ([generation.tokens[written - 1]] + draft).enumerated() {
          let row = batch.tokens.count
          let cacheRow = generation.firstRow + written - 1 + offset
          batch.tokens.append(token)
          batch.positions.append(generation.depth + Int32(written + offset))
          batch.cacheRows.append(cacheRow)
          // A block of its own, with or without a draft: how a row is computed must not depend on what was drafted.
          batch.blocks.append(
            QueryBlock(rows: row..<row + 1, keySpans: generation.path + [generation.firstRow..<cacheRow + 1]))
        }
        return draft
      }
      let states = try pass.run(batch, cache: cache, reading: Array(batch.tokens.indices))
      var readings = try read(tokens: batch.tokens.map { _ in [] }, of: states)[...]
      for (draft, index) in zip(drafts, live) {
        for (offset, reading) in readings.prefix(draft.count + 1).enumerated() {
          // What was computed behind a token that is not the draft's is of no text.
          if offset > 0, generations[index].tokens.last != draft[offset - 1] { break }
          if generations[index].ended { break }
          take(reading.best, &generations[index])
          tokens.distinct += 1
        }
        readings = readings.dropFirst(draft.count + 1)
      }
    }
  }

  private func take(_ token: Int32, _ generation: inout Generation) {
    memory.observe(token, after: generation.tokens)
    generation.take(token)
  }

  private struct Reading {
    var best: Int32
    var logProbabilities: [Int32: Float]
    /// Whether the row's logits are numbers.
    var isSound = true
  }

  /// The arg max of each row, and the log-probabilities of the tokens wanted there. Throws `ToolError` (65) where
  /// logits are no numbers: such a checkpoint says nothing.
  private func read(tokens: [[Int32]], of states: Matrix) throws(ToolError) -> [Reading] {
    let vocabulary = decoder.configuration.vocabularySize
    var readings = [Reading](repeating: Reading(best: 0, logProbabilities: [:]), count: tokens.count)
    readings.withUnsafeMutableBufferPointer { readings in
      // Each call writes its own element.
      nonisolated(unsafe) let slots = readings
      reader.forEachRow(of: states) { index, logits in
        guard !tokens[index].isEmpty else {
          slots[index].best = Int32(argMax(logits, count: vocabulary))
          slots[index].isSound = logits[Int(slots[index].best)].isFinite
          return
        }
        let normaliser = logSumExp(logits, count: vocabulary)
        slots[index].best = Int32(argMax(logits, count: vocabulary))
        slots[index].isSound = normaliser.isFinite
        for token in tokens[index] { slots[index].logProbabilities[token] = logits[Int(token)] - normaliser }
      }
    }
    guard readings.allSatisfy(\.isSound) else {
      throw .badData("the checkpoint computes values that are no numbers (NaN or infinite)")
    }
    return readings
  }
}
