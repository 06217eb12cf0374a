import CLibFuzzer
import Glibc

// fuzz PARSER [libFuzzer's options] CORPUS…

/// What stands in for a parser that has not been named yet.
nonisolated(unsafe) var run: ([UInt8]) -> Void = { _ in }

let name = CommandLine.arguments.dropFirst().first ?? ""
guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
  print(FuzzTarget.all.map { $0.name }.joined(separator: "\n"))
  exit(name == "" || name == "--list" ? 0 : 64)
}
run = target.prepare()

// A stack overflow needs a stack of its own to be reported on.
var alternate = stack_t(ss_sp: malloc(1 << 16), ss_flags: 0, ss_size: 1 << 16)
sigaltstack(&alternate, nil)

var arguments = ([CommandLine.arguments[0]] + CommandLine.arguments.dropFirst(2)).map { strdup($0) } + [nil]
var count = Int32(arguments.count - 1)
arguments.withUnsafeMutableBufferPointer { buffer in
  var start = buffer.baseAddress
  exit(
    LLVMFuzzerRunDriver(&count, &start) { data, size in
      let start = FuzzTarget.processorTime
      run(Array(UnsafeBufferPointer(start: data, count: size)))
      let seconds = FuzzTarget.processorTime - start
      precondition(seconds < 1, "takes \(seconds) s")
      return 0
    })
}
