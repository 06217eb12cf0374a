import Checkpoints
import Foundation
import Streams
import Tensors
import TestSupport
import Testing
import Transformer

/// Everything that an adapter_config.json can say, against peft (Tests/Fixtures/make_peft_variants.py).
@Suite struct AdapterVariantTests {
  private static let families = fixture("tiny-families")
  private static let folder = families + "/adapters"
  static let names = (try? FileManager.default.contentsOfDirectory(atPath: folder))?.sorted() ?? []

  private struct Variant: Decodable {
    var base: String
    var unsupported: Bool?
    var sequences: [[Int32]]?
    var logProbabilities: [[Double]]?
  }

  private func variant(_ name: String) throws -> Variant {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let file = URL(filePath: "\(Self.folder)/\(name)/reference.json")
    return try decoder.decode(Variant.self, from: Data(contentsOf: file))
  }

  @Test func fixturesAreThere() { #expect(Self.names.count >= 20) }

  @Test(arguments: names) func adapterIsAsInPEFT(name: String) throws {
    let variant = try variant(name)
    let base = try ModelCheckpoint(path: "\(Self.families)/\(variant.base)")
    func open() throws -> PEFTAdapter {
      try PEFTAdapter(path: "\(Self.folder)/\(name)", for: base.configuration)
    }
    guard variant.unsupported != true else {
      let error = #expect(throws: ToolError.self) { _ = try open() }
      #expect(error?.status == .badData)
      return
    }
    let adapter = try open()
    let workers = Workers(count: 1)
    let merged = MergedTensors(base.tensors, adapters: [adapter])
    let parameters = try DecoderParameters(reading: merged, workers: workers)
    for weights in [
      try DecoderWeights(viewing: parameters, precision: .float32, workers: workers),
      try .frozen(reading: merged, Numerics(), hasBackward: false, workers: workers),
    ] {
      try expectLogProbabilities(
        Decoder(configuration: base.configuration, weights: weights, workers: workers), variant)
    }
  }

  private func expectLogProbabilities(_ decoder: Decoder, _ variant: Variant) throws {
    var queries: [Query] = []
    for tokens in variant.sequences ?? [] {
      for end in 1..<tokens.count {
        queries.append(.score(prompt: Array(tokens[..<end]), continuations: [[tokens[end]]]))
      }
    }
    let found = try Evaluator(decoder: decoder).evaluate(queries).compactMap { result -> Double? in
      if case .scores(let scores) = result { scores[0] } else { nil }
    }
    let expected = (variant.logProbabilities ?? []).flatMap { $0 }
    #expect(found.count == expected.count && !found.isEmpty)
    let worst = zip(found, expected).map { abs($0 - $1) }.max() ?? .infinity
    #expect(worst < 1e-4)
  }
}
