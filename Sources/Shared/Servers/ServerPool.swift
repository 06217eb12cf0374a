import Streams
import Synchronization

/// Servers of one model: each request goes to the one that has the fewest under way. One that could not be reached,
/// or gave no answer in time, gets none for a while, where there is another.
public final class ServerPool: Transport {
  private struct Load {
    var underWay = 0
    /// Until when it is left alone.
    var restsUntil = ContinuousClock.now
  }

  /// How long a server is left alone after a request that got no answer.
  private static let rest = Duration.seconds(30)

  private let servers: [any Transport]
  private let loads: Mutex<[Load]>
  /// Where the next look begins, so that servers take turns.
  private let turn = Atomic<Int>(0)

  /// - Parameter servers: one at least.
  public init(_ servers: [any Transport]) {
    self.servers = servers
    loads = Mutex(Array(repeating: Load(), count: servers.count))
  }

  /// Throws what the server's own transport does.
  public func post(_ body: [UInt8], to path: String, isStopped: @escaping @Sendable () -> Bool)
    throws(TransportFailure)
    -> HTTPReply
  {
    let chosen = choose()
    defer { loads.withLock { $0[chosen].underWay -= 1 } }
    do throws(TransportFailure) {
      return try servers[chosen].post(body, to: path, isStopped: isStopped)
    } catch {
      switch error {
      case .connection, .timeout, .broken:
        loads.withLock { $0[chosen].restsUntil = .now + Self.rest }
      case .tooLarge, .stopped: break
      }
      throw error
    }
  }

  private func choose() -> Int {
    let start = turn.wrappingAdd(1, ordering: .relaxed).oldValue
    return loads.withLock { loads in
      let now = ContinuousClock.now
      let places = loads.indices.map { (start &+ $0) % loads.count }
      let awake = places.filter { loads[$0].restsUntil <= now }
      let chosen = (awake.isEmpty ? places : awake).min { loads[$0].underWay < loads[$1].underWay } ?? 0
      loads[chosen].underWay += 1
      return chosen
    }
  }
}
