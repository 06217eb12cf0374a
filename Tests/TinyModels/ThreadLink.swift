import Foundation
import ProcessGroups

/// Messages between threads of one process, in place of MPI's.
public final class ThreadLink: MessageLink, @unchecked Sendable {
  /// Messages that were sent and not received yet, by sender and receiver.
  private final class Mailboxes: @unchecked Sendable {
    let condition = NSCondition()
    var messages: [[Int]: [[UInt8]]] = [:]
  }

  public let rank: Int
  public let count: Int
  private let mailboxes: Mailboxes
  /// Whether the process left in good order.
  public private(set) var isClosed = false

  private init(rank: Int, count: Int, _ mailboxes: Mailboxes) {
    (self.rank, self.count, self.mailboxes) = (rank, count, mailboxes)
  }

  public func exchange(
    sending: UnsafeRawBufferPointer, receiving: UnsafeMutableRawBufferPointer, with partner: Int
  ) {
    let condition = mailboxes.condition
    condition.lock()
    defer { condition.unlock() }
    if sending.count > 0 { mailboxes.messages[[rank, partner], default: []].append(Array(sending)) }
    condition.broadcast()
    guard receiving.count > 0 else { return }
    while mailboxes.messages[[partner, rank]]?.isEmpty ?? true { condition.wait() }
    let message = mailboxes.messages[[partner, rank]]!.removeFirst()
    precondition(message.count == receiving.count, "both sides speak of one message")
    receiving.copyBytes(from: message)
  }

  public func close() { isClosed = true }

  public func abort(status: Int32) { fatalError("process \(rank) ended the group") }

  /// What the work gives in each of so many processes, each a thread, by rank.
  public static func run<Value: Sendable>(
    _ count: Int, _ work: @escaping @Sendable (ThreadLink) throws -> Value
  ) -> [Result<Value, any Error>] {
    let mailboxes = Mailboxes()
    nonisolated(unsafe) var results = [Result<Value, any Error>?](repeating: nil, count: count)
    let lock = NSLock()
    let threads = (0..<count).map { rank in
      let thread = Thread {
        let result = Result { try work(ThreadLink(rank: rank, count: count, mailboxes)) }
        lock.withLock { results[rank] = result }
        mailboxes.condition.lock()
        mailboxes.condition.broadcast()
        mailboxes.condition.unlock()
      }
      thread.stackSize = 8 << 20
      thread.start()
      return thread
    }
    mailboxes.condition.lock()
    while lock.withLock({ results.contains { $0 == nil } }) { mailboxes.condition.wait() }
    mailboxes.condition.unlock()
    withExtendedLifetime(threads) {}
    return lock.withLock { results.map { $0! } }
  }
}
