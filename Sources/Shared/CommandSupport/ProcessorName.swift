import Glibc
import Streams

/// What Linux calls the processor, such as `AMD EPYC 7B13`; its kind, such as `aarch64`, where it has no name.
func processorName() -> String {
  let information = (try? readFile("/proc/cpuinfo")) ?? []
  let line = String(decoding: information, as: UTF8.self).split(separator: "\n")
    .first { $0.hasPrefix("model name") }
  let name = line?.split(separator: ":", maxSplits: 1).dropFirst().first.map { String($0.drop { $0 == " " }) }
  return name ?? machineKind()
}

/// What uname(2) calls the machine.
private func machineKind() -> String {
  var names = utsname()
  uname(&names)
  return withUnsafeBytes(of: names.machine) { bytes in
    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }
}
