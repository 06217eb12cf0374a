import Glibc
import Streams
import Synchronization

/// Files in memory, for a line on stderr where one is cut short while it is mapped: the system then ends the
/// process with SIGBUS at the next look at what is gone.
package enum MappedRanges {
  private struct Entry {
    /// Addresses; 0 where the place is free.
    var start: UInt = 0
    var end: UInt = 0
    /// The whole line.
    var message: UnsafeMutablePointer<CChar>?
  }

  /// More files than a process maps at a time; what is beyond is not reported.
  private static let capacity = 4096
  /// Written under `changes`, read by the signal handler.
  nonisolated(unsafe) private static let entries = {
    let entries = UnsafeMutablePointer<Entry>.allocate(capacity: capacity)
    entries.initialize(repeating: Entry(), count: capacity)
    return entries
  }()
  private static let changes = Mutex<Void>(())
  private static let isInstalled: Void = install()

  package static func add(_ address: UnsafeRawPointer, count: Int, path: String) {
    _ = isInstalled
    let tool = processArguments.first?.split(separator: "/").last ?? ""
    let message = strdup("\(tool): \(path.shownPath): was cut short while it was read\n")
    changes.withLock { _ in
      guard let place = (0..<capacity).first(where: { entries[$0].start == 0 }) else { return }
      entries[place] = Entry(
        start: UInt(bitPattern: address), end: UInt(bitPattern: address) + UInt(count), message: message)
    }
  }

  package static func remove(_ address: UnsafeRawPointer) {
    changes.withLock { _ in
      guard let place = (0..<capacity).first(where: { entries[$0].start == UInt(bitPattern: address) }) else {
        return
      }
      let message = entries[place].message
      entries[place] = Entry()
      free(message)
    }
  }

  private static func install() {
    // Made before a signal can ask for it.
    _ = entries
    var action = sigaction()
    action.__sigaction_handler.sa_sigaction = { _, information, _ in MappedRanges.report(information) }
    action.sa_flags = SA_SIGINFO
    sigaction(SIGBUS, &action, nil)
  }

  /// Ends the process with the line of the file that the address lies in; in the usual way where it lies in none.
  private static func report(_ information: UnsafeMutablePointer<siginfo_t>?) {
    let address = UInt(bitPattern: information?.pointee._sifields._sigfault.si_addr)
    for place in 0..<capacity {
      let entry = entries[place]
      guard entry.start != 0, entry.start <= address, address < entry.end, let message = entry.message else {
        continue
      }
      _ = write(STDERR_FILENO, message, strlen(message))
      _exit(ExitStatus.ioError.rawValue)
    }
    signal(SIGBUS, SIG_DFL)
  }
}
