import Faithfulness
import Streams

/// How the inputs came to be: the manifests beside them, beside their own inputs and beside the training runs
/// whose checkpoints were used, as far as they lie where the manifests say.
public struct Provenance: Sendable {
  /// Whether a file is the one that a later step read.
  enum Match: String, Sendable {
    case same = "the file that was read"
    case other = "NOT the file that was read: the digests differ"
    case unknown = "not compared: the reader recorded no digest"
  }

  struct Step: Sendable {
    var path: String
    var manifest: JSONObject
    var match: Match
  }

  /// More files than this are not followed.
  static let limit = 500

  /// The inputs first, then what they were made from.
  private(set) var steps: [Step] = []
  /// Manifests that are there but could not be read.
  public private(set) var unreadable: [String] = []
  private var visited: Set<String> = []

  public init() {}

  /// Follows the inputs of a run, and the metrics files that it was given.
  public init(inputs: [InputSummary], metrics: [String]) {
    var open = inputs.map { (path: $0.path, sha256: $0.isComplete ? Optional($0.sha256) : nil) }
    open += metrics.compactMap { path in Self.runDirectory(of: path).map { (path: $0, sha256: nil) } }
    var next = 0
    while next < open.count, visited.count < Self.limit {
      let (path, sha256) = open[next]
      next += 1
      guard visited.insert(path).inserted, let manifest = read(path) else { continue }
      let written = manifest["output"]?["sha256"]?.string
      let match: Match = sha256.flatMap { read in written.map { $0 == read ? .same : .other } } ?? .unknown
      steps.append(Step(path: path, manifest: manifest, match: match))
      open += Self.sources(of: manifest)
    }
  }

  private mutating func read(_ path: String) -> JSONObject? {
    let manifestPath = Manifest.path(for: path)
    do throws(ToolError) {
      return try JSON.parse(file: manifestPath).object
    } catch {
      if error.status != .missingInput { unreadable.append("\(manifestPath): \(error.message)") }
      return nil
    }
  }

  /// The files and training runs that a manifest names.
  private static func sources(of manifest: JSONObject) -> [(path: String, sha256: String?)] {
    let inputs = (manifest["inputs"]?.array ?? []).compactMap { input in
      input["path"]?.string.map { (path: $0, sha256: input["sha256"]?.string) }
    }
    let adapters = (manifest["model"]?["adapters"]?.array ?? []).compactMap { adapter in
      adapter.string.flatMap(runDirectory).map { (path: $0, sha256: String?.none) }
    }
    return inputs + adapters
  }

  /// The run that a file or a checkpoint belongs to: what comes before `/checkpoints/` or `/metrics.jsonl`.
  static func runDirectory(of path: String) -> String? {
    for mark in ["/checkpoints/", "/metrics.jsonl"] {
      if let range = path.firstRange(of: mark) { return String(path[..<range.lowerBound]) }
    }
    return nil
  }
}
