import Glibc

// Names of files are bytes on Unix, and need not be UTF-8. In a `String` such a name has a code point of U+10FF00
// to U+10FFFF, which nobody uses, for each byte that is not UTF-8. Bytes that spell one of these are written so
// themselves, so that every name comes back as it was.

private let firstStandIn: UInt32 = 0x10FF00

/// A path, or any argument, as a text.
public func pathText(_ bytes: some Collection<UInt8>) -> String {
  if let text = String(validating: bytes, as: UTF8.self), !holdsStandIns(text) { return text }
  var text = String.UnicodeScalarView()
  var rest = Array(bytes)[...]
  while let first = rest.first {
    var decoder = UTF8()
    var iterator = rest.makeIterator()
    if case .scalarValue(let scalar) = decoder.decode(&iterator), scalar.value < firstStandIn {
      text.append(scalar)
      rest = rest.dropFirst(UTF8.width(scalar))
    } else {
      text.append(Unicode.Scalar(firstStandIn + UInt32(first)) ?? "?")
      rest = rest.dropFirst()
    }
  }
  return String(text)
}

private func holdsStandIns(_ text: String) -> Bool {
  // All of them begin with this byte.
  text.utf8.contains(0xF4) && text.unicodeScalars.contains { $0.value >= firstStandIn }
}

extension String {
  /// The bytes of a path for a system call, with the 0 that ends them.
  public var pathBytes: [CChar] {
    guard holdsStandIns(self) else { return Array(utf8CString) }
    let bytes = unicodeScalars.flatMap { scalar in
      scalar.value >= firstStandIn ? [UInt8(scalar.value - firstStandIn)] : Array(String(scalar).utf8)
    }
    return bytes.map { CChar(bitPattern: $0) } + [0]
  }

  /// The path as people are shown it: a byte that is not UTF-8 as `\xE9`.
  public var shownPath: String {
    guard holdsStandIns(self) else { return self }
    return unicodeScalars.reduce(into: "") { text, scalar in
      if scalar.value < firstStandIn {
        text.unicodeScalars.append(scalar)
      } else {
        let digits = String(scalar.value - firstStandIn, radix: 16, uppercase: true)
        text += digits.utf8.count < 2 ? "\\x0\(digits)" : "\\x\(digits)"
      }
    }
  }
}

/// The arguments of this process, the program's name first, each as `pathText` has it.
public let processArguments: [String] = (0..<Int(CommandLine.argc)).compactMap { index in
  CommandLine.unsafeArgv[index].map { argument in
    pathText(UnsafeRawBufferPointer(start: argument, count: strlen(argument)))
  }
}
