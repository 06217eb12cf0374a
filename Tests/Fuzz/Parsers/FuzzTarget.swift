import Glibc
import Streams

/// One kind of input that strangers make, and all that the tools do with it.
///
/// The fuzzer and the tests that replay its corpus run the same code: what `prepare` returns.
struct FuzzTarget: Sendable {
  /// The name of its corpus and of its dictionary.
  let name: String
  /// Makes what reads one input. Inputs must end in a value or in a `ToolError`; all else is a trap.
  let prepare: @Sendable () -> ([UInt8]) -> Void

  static let all = [
    adapter, checkpoint, gguf, records, reply, rows, safetensors, task, template, tokenizer, zstd,
  ]

  /// - Parameter makeParser: is called once, for what all inputs have in common.
  init(_ name: String, _ makeParser: @escaping @Sendable () throws -> ([UInt8]) throws -> Void) {
    self.name = name
    prepare = {
      let parse = Result { try makeParser() }
      return { bytes in
        do {
          try parse.get()(bytes)
        } catch {
          Self.check(error)
          let line = "\(error)".printableLine
          precondition(!line.isEmpty && line.count <= 3000 && !line.contains(where: \.isNewline), line)
        }
      }
    }
  }

  /// What this thread has computed for, in seconds: a busy machine makes no input slow.
  static var processorTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// What is thrown must be a `ToolError` that says that the input is to blame.
  static func check(_ error: any Error) {
    guard let error = error as? ToolError else { preconditionFailure("not a ToolError: \(error)") }
    let statuses: [ExitStatus] = [.badData, .usage, .missingInput, .ioError]
    precondition(statuses.contains(error.status), "status \(error.status): \(error)")
  }
}

/// Does something with a part of an input that may have nothing to do with the rest: a `ToolError` ends it alone.
func attempt(_ body: () throws -> Void) {
  do { try body() } catch { FuzzTarget.check(error) }
}
