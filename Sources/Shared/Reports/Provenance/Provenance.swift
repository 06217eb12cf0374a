import Faithfulness
import Streams

/// How the inputs came to be: the manifests beside them, beside their own inputs and beside the training runs
/// whose checkpoints were used, as far as they lie where the manifests say, or beside each other.
public struct Provenance: Sendable {
  /// Whether a file is the one that a later step read.
  package enum Match: String, Sendable {
    case same = "the file that was read"
    case other = "NOT the file that was read: the digests differ"
    case unknown = "not compared: the reader recorded no digest"
  }

  package struct Step: Sendable {
    package var path: String
    package var manifest: JSONObject
    package var match: Match
  }

  /// More files than this are not followed.
  static let limit = 500

  /// The inputs first, then what they were made from.
  package private(set) var steps: [Step] = []
  /// Manifests that are there but could not be read.
  public private(set) var unreadable: [String] = []
  private var visited: Set<String> = []

  /// Nothing known of the inputs.
  public init() {}

  /// Follows the inputs of a run, and the metrics files that it was given.
  public init(inputs: [InputSummary], metrics: [String]) {
    var open = inputs.map { Source(path: $0.path, sha256: $0.isComplete ? $0.sha256 : nil) }
    open += metrics.compactMap { path in Self.runDirectory(of: path).map { Source(path: $0) } }
    var next = 0
    while next < open.count, visited.count < Self.limit {
      let source = open[next]
      next += 1
      guard let (path, manifest) = read(source) else { continue }
      let written = manifest["output"]?["sha256"]?.string
      let match: Match =
        source.sha256.flatMap { read in written.map { $0 == read ? .same : .other } } ?? .unknown
      steps.append(Step(path: path, manifest: manifest, match: match))
      open += Self.sources(of: manifest, beside: path)
    }
  }

  /// A file, or a training run, that a step read.
  private struct Source {
    var path: String
    var sha256: String?
    /// Where to look for it too: the same name beside the file that was made from it.
    var moved: String?
  }

  /// The manifest of a source that was not seen yet, and where the source lies.
  private mutating func read(_ source: Source) -> (path: String, manifest: JSONObject)? {
    for path in [source.path, source.moved].compactMap({ $0 }) {
      let manifestPath = Manifest.path(for: path)
      do throws(ToolError) {
        guard let manifest = try JSON.parse(file: manifestPath).object else { continue }
        return visited.insert(path).inserted ? (path, manifest) : nil
      } catch {
        guard error.status != .missingInput else { continue }
        if visited.insert(path).inserted { unreadable.append("\(manifestPath): \(error.message)") }
        return nil
      }
    }
    return nil
  }

  /// The files and training runs that a manifest names.
  private static func sources(of manifest: JSONObject, beside path: String) -> [Source] {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    func source(_ path: String, _ sha256: String?) -> Source {
      Source(path: path, sha256: sha256, moved: path.split(separator: "/").last.map { folder + $0 })
    }
    let inputs = (manifest["inputs"]?.array ?? []).compactMap { input in
      input["path"]?.string.map { source($0, input["sha256"]?.string) }
    }
    let adapters = (manifest["model"]?["adapters"]?.array ?? []).compactMap { adapter in
      adapter.string.flatMap(runDirectory).map { source($0, nil) }
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
