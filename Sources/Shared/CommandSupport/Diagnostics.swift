import Glibc
import Streams
import Synchronization

/// What a tool says on stderr: lines that begin with its name. Data never come this way.
public enum Diagnostics {
  private struct State {
    var tool = "tool"
    var isQuiet = false
    var isSilent = false
    /// Whether the last line of the terminal is a progress bar without a newline.
    var hasBar = false
  }

  private static let state = Mutex(State())

  /// The name before each line; `runTool` sets it.
  public static var tool: String {
    get { state.withLock(\.tool) }
    set { state.withLock { $0.tool = newValue } }
  }

  /// Whether notes and the progress bar are left out (`--quiet`).
  public static var isQuiet: Bool {
    get { state.withLock { $0.isQuiet || $0.isSilent } }
    set { state.withLock { $0.isQuiet = newValue } }
  }

  /// Whether errors are left out too: another process says them.
  public static var isSilent: Bool {
    get { state.withLock(\.isSilent) }
    set { state.withLock { $0.isSilent = newValue } }
  }

  /// Prints `tool: message`, unless quiet.
  public static func note(_ message: String) {
    if !isQuiet { printLine(message) }
  }

  /// Prints `tool: message`, quiet or not.
  public static func error(_ message: String) {
    printLine(message)
  }

  private static func printLine(_ message: String) {
    let line = message.printableLine
    state.withLock { state in
      if state.isSilent { return }
      writeToStandardError((state.hasBar ? clearLine : "") + "\(state.tool): \(line)\n")
      state.hasBar = false
    }
  }

  /// Draws a progress bar over the last one; nil removes it.
  static func drawBar(_ text: String?) {
    state.withLock { state in
      if state.hasBar || text != nil { writeToStandardError(clearLine + (text ?? "")) }
      state.hasBar = text != nil
    }
  }

  /// Carriage return, and erase to the end of the line (ECMA-48 EL).
  private static let clearLine = "\r\u{1B}[K"

  /// Nothing can be said about a stderr that fails, so failures are ignored.
  private static func writeToStandardError(_ text: String) {
    var text = text
    text.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
