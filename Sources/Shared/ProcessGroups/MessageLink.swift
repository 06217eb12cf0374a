/// How a process of a group reaches the others: messages in pairs, of which everything else is made.
public protocol MessageLink: AnyObject {
  /// Which of the processes this is, from 0.
  var rank: Int { get }
  /// How many there are.
  var count: Int { get }

  /// Sends bytes to a partner and receives bytes from it, which does the same with the sizes the other way round.
  /// Returns when both are through. Messages to one partner arrive in order.
  func exchange(
    sending: UnsafeRawBufferPointer, receiving: UnsafeMutableRawBufferPointer, with partner: Int)

  /// Leaves in good order: all processes are done with each other.
  func close()

  /// Ends the other processes, and this one, with a status.
  func abort(status: Int32)
}
