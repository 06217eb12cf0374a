import Streams

/// What Linux calls the processor, such as `AMD EPYC 7B13`; nil where it has no name.
func processorName() -> String? {
  guard let information = try? readFile("/proc/cpuinfo") else { return nil }
  let line = String(decoding: information, as: UTF8.self).split(separator: "\n")
    .first { $0.hasPrefix("model name") }
  return line?.split(separator: ":", maxSplits: 1).dropFirst().first.map { String($0.drop { $0 == " " }) }
}
