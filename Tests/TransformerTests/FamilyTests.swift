import Checkpoints
import Foundation
import Streams
import Tensors
import TestSupport
import Testing
import Transformer

/// Every architecture against transformers, on the tiny random models of Tests/Fixtures/tiny-families.
@Suite struct FamilyTests {
  static let families = ["llama3-scaled", "qwen2", "qwen3", "gemma3"]
  /// Those that are there in both formats.
  static let ggufFamilies = ["qwen2", "qwen3", "gemma3"]

  private struct Reference: Decodable {
    var sequences: [[Int32]]
    var logProbabilities: [[Double]]
    var loss: Double
  }

  private static let folder = fixture("tiny-families")

  private func reference(_ family: String) throws -> Reference {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let file = URL(filePath: "\(Self.folder)/\(family)/reference.json")
    return try decoder.decode(Reference.self, from: Data(contentsOf: file))
  }

  /// The model in Hugging Face's format or in GGUF.
  private func source(_ family: String, isGGUF: Bool = false) throws -> any TensorSource {
    try ModelCheckpoint(path: "\(Self.folder)/\(family)" + (isGGUF ? "/model.gguf" : "")).tensors
  }

  private func trainable(_ source: any TensorSource, workers: Workers) throws
    -> (decoder: Decoder, parameters: DecoderParameters)
  {
    let parameters = try DecoderParameters(reading: source, workers: workers)
    let weights = try DecoderWeights(viewing: parameters, precision: .float32, workers: workers)
    return (Decoder(configuration: source.configuration, weights: weights, workers: workers), parameters)
  }

  private func expectLogProbabilities(_ decoder: Decoder, _ reference: Reference) throws {
    // All at once, so that sequences share a tree.
    var queries: [Query] = []
    for tokens in reference.sequences {
      for end in 1..<tokens.count {
        queries.append(.score(prompt: Array(tokens[..<end]), continuations: [[tokens[end]]]))
      }
    }
    let found = try Evaluator(decoder: decoder).evaluate(queries).compactMap { result -> Double? in
      if case .scores(let scores) = result { scores[0] } else { nil }
    }
    let expected = reference.logProbabilities.flatMap { $0 }
    #expect(found.count == expected.count)
    let worst = zip(found, expected).map { abs($0 - $1) }.max() ?? .infinity
    #expect(worst < 1e-4)
  }

  @Test(arguments: families) func scoresAsTransformersDoes(family: String) throws {
    let reference = try reference(family)
    let workers = Workers(count: 2)
    let source = try source(family)
    try expectLogProbabilities(trainable(source, workers: workers).decoder, reference)
    let frozen = try DecoderWeights.frozen(
      reading: source, Numerics(), hasBackward: false, workers: workers)
    try expectLogProbabilities(
      Decoder(configuration: source.configuration, weights: frozen, workers: workers), reference)
  }

  /// Weights in fewer bits are near, and those that another process has laid out are the same: tied or not, with
  /// norms and biases.
  @Test(arguments: families, WeightFormat.allCases) func weightsAreHeldInEveryFormat(
    family: String, format: WeightFormat
  ) throws {
    let reference = try reference(family)
    let source = try source(family)
    let workers = Workers(count: 2)
    let folder = FileManager.default.temporaryDirectory.appending(path: "weights-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let cache = try WeightCache(directory: folder)
    let queries = reference.sequences.map { sequence in
      Query.score(
        prompt: Array(sequence.prefix(2)), continuations: [Array(sequence.dropFirst(2))])
    }
    let results = try [false, true, true].map { isCached in
      let weights = try DecoderWeights.frozen(
        reading: source, Numerics(weights: format), hasBackward: true,
        cache: isCached ? (cache, "family") : nil, workers: workers)
      let decoder = Decoder(configuration: source.configuration, weights: weights, workers: workers)
      return try Evaluator(decoder: decoder).evaluate(queries)
    }
    #expect(results[0] == results[1] && results[0] == results[2])
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(files.count == (WeightPlace.fits(Numerics(weights: format)) ? 1 : 0))
    let exact = try Evaluator(decoder: trainable(source, workers: workers).decoder).evaluate(queries)
    for (found, expected) in zip(results[0], exact) {
      guard case .scores(let found) = found, case .scores(let expected) = expected else { continue }
      // Of a whole sequence.
      #expect(abs(found[0] - expected[0]) < (format == .float32 ? 1e-3 : 0.5))
      #expect(found[0] != expected[0] || format == .float32)
    }
  }

  @Test(arguments: ggufFamilies) func bothFormatsAreTheSameModel(family: String) throws {
    let (directory, file) = (try source(family), try source(family, isGGUF: true))
    #expect(directory.configuration == file.configuration)
    for (name, _) in directory.modelTensors {
      let (a, b) = (try directory.read(name), try file.read(name))
      // One has been added to Gemma's norms and taken off again.
      let worst = zip(a, b).map { abs($0 - $1) }.max() ?? 0
      #expect(a.count == b.count && worst < 2e-7, "\(name)")
    }
  }

  @Test(arguments: families) func everyGradientEqualsPyTorch(family: String) throws {
    let reference = try reference(family)
    let (decoder, parameters) = try trainable(try source(family), workers: Workers(count: 2))
    var forest = TokenForest()
    var asked: [(node: TokenForest.Node, token: Int32)] = []
    for tokens in reference.sequences {
      let path = forest.insert(Array(tokens.dropLast()))
      asked += zip(path, tokens.dropFirst()).map { ($0, $1) }
    }
    let packed = PackedForest(forest)
    let targets = asked.map {
      RowTarget(row: packed.row(of: $0.node), token: $0.token, weight: 1 / Float(asked.count))
    }
    let pass = TrainingPass(decoder: decoder, training: .weights(parameters))
    let gradients = try #require(pass.gradients.weights)
    let losses = pass.accumulate(packed, targets: targets)
    let loss = losses.reduce(0) { $0 + Double($1) } / Double(losses.count)
    #expect(abs(loss - reference.loss) < 1e-4 * reference.loss)

    let file = try SafetensorsFile(path: "\(Self.folder)/\(family)/gradients.safetensors")
    for (name, matrix, shape) in gradients.tensors {
      let tensor = try #require(file.tensor(named: name), "\(name)")
      var expected = [Float](repeating: 0, count: shape.reduce(1, *))
      let rows = shape.dropLast().reduce(1, *)
      try expected.withUnsafeMutableBufferPointer { try file.read(tensor, rows: 0..<rows, into: $0) }
      var worst: Float = 0
      for (index, value) in expected.enumerated() { worst = max(worst, abs(matrix.base[index] - value)) }
      #expect(worst < 1e-4 * (expected.map(abs).max() ?? 1), "\(name)")
    }
  }

  @Test(arguments: families) func aCheckpointWrittenIsReadAgain(family: String) throws {
    let source = try source(family)
    let (_, parameters) = try trainable(source, workers: Workers(count: 1))
    let folder = FileManager.default.temporaryDirectory.appending(path: "family-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try HuggingFaceWriter.write(
      to: folder, configuration: source.configuration,
      specialTokens: .init(beginningOfSequence: 0, endOfSequence: [1], padding: nil), files: []
    ) { name, body throws(ToolError) in
      guard let matrix = parameters.tensor(named: name) else { return }
      try body(UnsafeBufferPointer(start: matrix.base, count: matrix.rows * matrix.columns))
    }
    let written = try ModelCheckpoint(path: folder).tensors
    #expect(written.configuration == source.configuration)
    for (name, _) in source.modelTensors { #expect(try written.read(name) == source.read(name), "\(name)") }
  }

  /// Queries to an adapter in training, computed beside the weights, are answered by the model that is
  /// trained: in every family, for they differ in what stands between a projection and the residual stream.
  @Test(arguments: families) func anAdapterInTrainingAnswersAsItIsTrained(family: String) throws {
    let reference = try reference(family)
    let (decoder, _) = try trainable(source(family), workers: Workers(count: 2))
    let adapter = LowRankAdapter(
      configuration: decoder.configuration, rank: 3, alpha: 6, modules: LinearModule.allCases)
    var random = CounterRandom(seed: 5, family)
    for index in 0..<adapter.storage.count { adapter.storage.base[index] = Float(random.uniform() - 0.5) / 4 }
    let pass = TrainingPass(decoder: decoder, training: .adapter(adapter))
    for (tokens, plain) in zip(reference.sequences, reference.logProbabilities) {
      var forest = TokenForest()
      let path = forest.insert(Array(tokens.dropLast()))
      let packed = PackedForest(forest)
      let losses = pass.losses(
        packed,
        targets: path.enumerated().map {
          RowTarget(row: packed.row(of: $1), token: tokens[$0 + 1], weight: 1)
        })
      let results = try pass.evaluator().evaluate(
        (1..<tokens.count).map { .score(prompt: Array(tokens[..<$0]), continuations: [[tokens[$0]]]) })
      var moved = 0.0
      for ((loss, result), value) in zip(zip(losses, results), plain) {
        guard case .scores(let scores) = result else { continue }
        #expect(abs(scores[0] + Double(loss)) < 1e-4)
        moved = max(moved, abs(scores[0] - value))
      }
      #expect(moved > 1e-2, "the adapter changes nothing")
    }
  }
}
