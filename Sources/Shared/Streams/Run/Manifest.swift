import Glibc

/// What was read of an input.
public struct InputSummary: Equatable, Sendable {
  /// As the user gave it; `<stdin>` for standard input.
  public var path: String
  /// The raw bytes read, compressed where the input is.
  public var byteCount: Int
  /// SHA-256 of those bytes, hexadecimal.
  public var sha256: String
  /// Whether the input was read to its end.
  public var isComplete: Bool

  /// What is known of an input already; `init(_:)` takes it from the file that was read.
  public init(path: String, byteCount: Int, sha256: String, isComplete: Bool) {
    self.path = path
    self.byteCount = byteCount
    self.sha256 = sha256
    self.isComplete = isComplete
  }

  /// What was read so far of a file.
  public init(_ file: InputFile) {
    let digest = file.digest
    self.init(path: file.name, byteCount: digest.byteCount, sha256: digest.hex, isComplete: file.isAtEnd)
  }

  /// What identifies inputs before they are read, for `ResumablePartial`: the SHA-256 of each regular file,
  /// and null for standard input and pipes, which cannot be read twice.
  /// - Throws: `ToolError`: 66 where a file cannot be opened, 74 where reading fails.
  public static func identity(of paths: [String]) throws(ToolError) -> JSON {
    var digests: [JSON] = []
    for path in paths {
      digests.append(canBeReadTwice(path) ? .string(try Digest.file(path).hex) : .null)
    }
    return .array(digests)
  }
}

/// How many records went where: `read` = `written` + `rejected` + the sum of `unselected`.
public struct RecordCounts: Equatable, Sendable {
  /// Records of all inputs, bad ones among them.
  public var read = 0
  /// Rows of a data set, where one row can become several records or none; nil where records are read.
  public var rows: Int?
  /// Records in the output.
  public var written = 0
  /// Bad lines that were set aside.
  public var rejected = 0
  /// Records that were left out, by reason: `split`, `limit`, `shard`, or a reason of the tool's own.
  public private(set) var unselected: [(reason: String, count: Int)] = []

  /// Nothing counted yet.
  public init() {}

  /// Counts records that are left out.
  public mutating func leaveOut(_ reason: String, count: Int = 1) {
    if let index = unselected.firstIndex(where: { $0.reason == reason }) {
      unselected[index].count += count
    } else {
      unselected.append((reason, count))
    }
  }

  /// Reasons compare in the order in which they were first counted.
  public static func == (left: RecordCounts, right: RecordCounts) -> Bool {
    left.json == right.json
  }

  /// `{"in", "out", "rejected", "unselected": {reason: count}}`, after `"rows"` where there are rows.
  public var json: JSON {
    var reasons = JSONObject()
    for (reason, count) in unselected { reasons[reason] = .integer(count) }
    var counts = JSONObject()
    if let rows { counts["rows"] = .integer(rows) }
    counts["in"] = .integer(read)
    counts["out"] = .integer(written)
    counts["rejected"] = .integer(rejected)
    counts["unselected"] = .object(reasons)
    return .object(counts)
  }
}

/// How much a checkpoint had to compute.
public struct TokenCounts: Equatable, Sendable {
  /// Tokens that were computed: those that prompts share count once, those of a rejected draft do not.
  public var distinct = 0
  /// Tokens of all sequences by themselves.
  public var total = 0

  /// Nothing computed yet.
  public init() {}

  /// Adds what another part of the run computed.
  public static func += (left: inout TokenCounts, right: TokenCounts) {
    left.distinct += right.distinct
    left.total += right.total
  }
}

/// How an output file came to be. It lies beside the file as `FILE.manifest.json`.
public struct Manifest: Equatable, Sendable {
  /// The program and subcommand, as they are called on the command line.
  public var tool: String
  /// The tool's version, as `--version` prints it.
  public var version: String
  /// The command line as it was given, the program's name first.
  public var arguments: [String]
  /// All options with the values that were used, defaults among them.
  public var options: JSONObject
  /// Every seed of the run by what it decides; empty where nothing is random.
  public var seeds: JSONObject = [:]
  /// The fingerprint of weights, tokenizer, template and adapter, where there is a model.
  public var model: JSONObject?
  /// Every file that was read, task files among them.
  public var inputs: [InputSummary] = []
  /// What became of the records.
  public var counts = RecordCounts()
  /// nil where no checkpoint ran in this process.
  public var tokens: TokenCounts?
  /// What a server that stood for the checkpoint was asked: counts of requests and of what came of them.
  public var server: JSONObject?
  /// How many texts had thoughts that were cut off, and how many were nothing else; nil where none had any.
  public var thoughts: JSONObject?
  /// How a checkpoint's answers are spread, task by task; nil where none were recorded.
  public var behavior: JSONObject?
  /// The labelled explanations that stood before each question: how many, by whom, which; nil where none did.
  public var shots: JSONObject?
  /// What a resumed run must have in common with this one; see `ResumablePartial`.
  public var identity: JSONObject?
  /// Seconds since 1970 at the start.
  public var start: Int
  /// Wall time.
  public var seconds: Double = 0
  /// The processor's name, on which times depend, and the last digits of numbers; nil where it was not
  /// asked for.
  public var processor: String?
  /// The variant of the kernels that computed the numbers, such as `x86-64-v3`; nil where none did.
  public var cpuVariant: String?
  /// The memory that the run was planned to take; nil where none was planned.
  public var memory: JSONObject?
  /// How many processes trained together; nil for one alone.
  public var processes: Int?
  /// The part of wall time that went by until the model was loaded.
  public var loadSeconds: Double?

  /// What is known when a run starts; the rest is filled in on the way.
  public init(tool: String, version: String, arguments: [String], options: JSONObject, start: Int) {
    self.tool = tool
    self.version = version
    self.arguments = arguments
    self.options = options
    self.start = start
  }

  /// The manifest's path for an output file.
  public static func path(for output: String) -> String { manifestPath(output) }

  /// Writes the manifest of a file, atomically. Throws `ToolError` as `AtomicFile.write`.
  public func write(beside path: String, describing output: OutputSummary) throws(ToolError) {
    try AtomicFile.write(Self.path(for: path), json(describing: output).prettySerialized())
  }

  /// The identity in the manifest beside an output file; nil where there is none.
  static func identity(beside output: String) throws(ToolError) -> JSONObject? {
    let path = path(for: output)
    return fileStatus(path) == nil ? nil : try JSON.parse(file: path)["identity"]?.object
  }

  /// The manifest of an output.
  public func json(describing output: OutputSummary) -> JSON {
    var object: JSONObject = [
      "schema": "manifest/1", "tool": .string(tool), "version": .string(version),
      "argv": .array(arguments.map { .string($0) }), "options": .object(options), "seeds": .object(seeds),
      "model": model.map { .object($0) } ?? .null,
      "inputs": .array(inputs.map(\.json)),
      "output": [
        "path": output.path.map { .string($0) } ?? .null, "bytes": .integer(output.byteCount),
        "sha256": .string(output.sha256),
      ],
      "counts": counts.json,
    ]
    if let tokens {
      object["tokens"] = ["distinct": .integer(tokens.distinct), "total": .integer(tokens.total)]
    }
    if let server { object["server"] = .object(server) }
    if let thoughts { object["thoughts"] = .object(thoughts) }
    if let behavior { object["behavior"] = .object(behavior) }
    if let shots { object["shots"] = .object(shots) }
    var time: JSONObject = ["start": .string(Self.timestamp(start)), "seconds": .real(seconds)]
    if let loadSeconds { time["load_seconds"] = .real(loadSeconds) }
    object["time"] = .object(time)
    if let memory { object["memory"] = .object(memory) }
    if let processor { object["processor"] = .string(processor) }
    if let processes { object["processes"] = .integer(processes) }
    if let cpuVariant { object["cpu_variant"] = .string(cpuVariant) }
    if let identity { object["identity"] = .object(identity) }
    return .object(object)
  }

  /// A time as ISO 8601 in UTC, such as `2026-01-31T12:00:00Z`.
  static func timestamp(_ seconds: Int) -> String {
    var seconds = time_t(seconds)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    var text = [CChar](repeating: 0, count: 32)
    let count = strftime(&text, text.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
    return String(decoding: text[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

extension InputSummary {
  fileprivate var json: JSON {
    [
      "path": .string(path), "bytes": .integer(byteCount), "sha256": .string(sha256),
      "complete": .bool(isComplete),
    ]
  }
}
