import Streams

/// The processes that train one model together, or this one alone.
///
/// All of them call the same functions in the same order. An error of one becomes an error of all, at the points
/// where they agree, so that none waits for one that is gone.
public final class ProcessGroup {
  /// This process alone: nothing is sent.
  public static var alone: ProcessGroup { ProcessGroup(link: nil) }

  /// Which of the processes this is, from 0. The first one writes.
  public let rank: Int
  /// How many there are.
  public let count: Int
  let link: (any MessageLink)?
  /// Whether all know of an error, which ends the group.
  public private(set) var hasAgreedOnError = false

  /// The processes that were started with this one by a launcher of MPI. Throws `ToolError` (66) where its library is
  /// not there, or knows of another number of processes.
  public static func ofThisLaunch() throws(ToolError) -> ProcessGroup {
    guard let launch = MPILaunch.ofThisProcess else { return alone }
    return ProcessGroup(over: try MPILink(launch))
  }

  /// The processes that a link reaches.
  public convenience init(over link: any MessageLink) { self.init(link: link) }

  private init(link: (any MessageLink)?) {
    self.link = link
    rank = link?.rank ?? 0
    count = link?.count ?? 1
  }

  /// To be called first. Throws `ToolError` (64) where their number is no power of two: sums are made in pairs.
  public func checkCount() throws(ToolError) {
    guard !isPowerOfTwo else { return }
    hasAgreedOnError = true
    throw ToolError(
      .usage, "\(count) processes: sums are made in pairs, so that 2, 4, 8 and so on can take part")
  }

  private var isPowerOfTwo: Bool { count & (count - 1) == 0 }

  /// Whether this process is the one that writes.
  public var isFirst: Bool { rank == 0 }

  /// The blocks of all processes, by rank; each gives one of the same size.
  public func gather(_ block: [UInt8]) -> [[UInt8]] {
    guard let link else { return [block] }
    var known = block
    // A hypercube: with each partner, as much is known as both knew before, in the order of ranks.
    for distance in distances {
      let partner = rank ^ distance
      var theirs = [UInt8](repeating: 0, count: known.count)
      known.withUnsafeBytes { mine in
        theirs.withUnsafeMutableBytes { link.exchange(sending: mine, receiving: $0, with: partner) }
      }
      known = rank < partner ? known + theirs : theirs + known
    }
    return (0..<count).map { Array(known[$0 * block.count..<($0 + 1) * block.count]) }
  }

  /// Does the work in each process. Where it fails in one, all throw the error of the lowest rank in which it did.
  public func agree<Value>(_ work: () throws(ToolError) -> Value) throws(ToolError) -> Value {
    guard link != nil else { return try work() }
    let result: Result<Value, ToolError>
    do throws(ToolError) { result = .success(try work()) } catch { result = .failure(error) }
    let reports = gather(ErrorReport(result, process: isFirst ? nil : rank + 1, of: count).bytes)
    for bytes in reports {
      guard let error = ErrorReport(bytes: bytes).error else { continue }
      hasAgreedOnError = true
      throw error
    }
    return try result.get()
  }

  /// The least of their numbers.
  public func minimum(_ number: Int) -> Int {
    gather(number).min() ?? number
  }

  private func gather(_ number: Int) -> [Int] {
    gather(withUnsafeBytes(of: number) { Array($0) }).map { bytes in
      bytes.withUnsafeBytes { $0.loadUnaligned(as: Int.self) }
    }
  }

  /// Does the work in the first process, while the others wait; all have its result, or throw its error.
  public func valueOfFirst(_ work: () throws(ToolError) -> Int) throws(ToolError) -> Int {
    let own = try agree { () throws(ToolError) in isFirst ? try work() : 0 }
    return gather(own)[0]
  }

  /// Does the work in the first process, while the others wait; all throw its error.
  public func atFirst(_ work: () throws(ToolError) -> Void) throws(ToolError) {
    try agree { () throws(ToolError) in if isFirst { try work() } }
  }

  /// Throws `ToolError` (64) where one of these facts, each with its name, is not the same in all processes.
  public func checkEqual(_ facts: [(name: String, bytes: [UInt8])]) throws(ToolError) {
    let digests = facts.map { fact in
      var digest = Digest()
      digest.update(fact.bytes)
      return digest.bytes
    }
    let all = facts.indices.map { fact in gather(digests[fact]) }
    try agree { () throws(ToolError) in
      for (fact, known) in zip(facts, all) where Set(known).count > 1 {
        throw ToolError(.usage, "the \(count) processes differ in \(fact.name)")
      }
    }
  }

  /// The partners' distances, near ones first; empty for a process alone.
  var distances: [Int] { (0..<count.trailingZeroBitCount).map { 1 << $0 } }

  /// Leaves in good order, after success or an error that all know of. Gives false for any other error: the others
  /// have to be ended by `abort`, once it was reported.
  @discardableResult
  public func leave(after error: ToolError?) -> Bool {
    guard let link else { return true }
    guard error == nil || hasAgreedOnError else { return false }
    // A launcher ends the others as soon as one has failed: the first may be saving still.
    if isPowerOfTwo { _ = gather([0]) }
    link.close()
    return true
  }

  /// Ends the other processes, and this one, with a status.
  public func abort(status: ExitStatus) { link?.abort(status: status.rawValue) }
}
