import CZstd

/// Decompresses a sequence of zstd frames, skippable ones among them, fed in pieces of any size.
///
/// libzstd's own limit on the window (128 MiB) stays, as a guard of memory.
final class ZstdDecoder {
  private let context: OpaquePointer
  /// What the last call of `ZSTD_decompressStream` returned: 0 at the end of a frame.
  private var hint = 0
  /// The capacity of one piece of output.
  private let outputCapacity = ZSTD_DStreamOutSize()

  /// Whether all that was fed are whole frames.
  var isAtFrameEnd: Bool { hint == 0 }

  init() throws(ToolError) {
    guard let context = ZSTD_createDCtx() else { throw ToolError(.failedRun, "out of memory for zstd") }
    self.context = context
  }

  deinit {
    ZSTD_freeDCtx(context)
  }

  /// Whether bytes start with the magic of a zstd frame (FD2FB528) or of a skippable frame (184D2A50 to 5F), both
  /// little endian; doc/zstd_compression_format.md.
  static func isMagic(_ bytes: some Collection<UInt8>) -> Bool {
    let start = Array(bytes.prefix(4))
    return start == [0x28, 0xB5, 0x2F, 0xFD]
      || start.count == 4 && start[0] & 0xF0 == 0x50 && start[1...] == [0x2A, 0x4D, 0x18]
  }

  /// Decompresses from `input[position...]` and moves `position` on; at most one piece of output a call, and
  /// never beyond the end of a frame. More may be waiting within while the output is not empty.
  /// - Throws: `ToolError` (65) without position where the data are corrupt.
  func decompress(_ input: [UInt8], from position: inout Int) throws(ToolError) -> [UInt8] {
    var code = 0
    let start = position
    let isAtFrameStart = isAtFrameEnd
    var consumed = position
    let context = context
    let output = [UInt8](unsafeUninitializedCapacity: outputCapacity) { buffer, initializedCount in
      input.withUnsafeBytes { bytes in
        var source = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: consumed)
        var target = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
        code = ZSTD_decompressStream(context, &target, &source)
        consumed = source.pos
        initializedCount = target.pos
      }
    }
    position = consumed
    if ZSTD_isError(code) != 0 {
      throw .badData(Self.message(for: code, frame: isAtFrameStart ? input[start...] : []))
    }
    hint = code
    return output
  }

  /// What is wrong with a frame, and what to do where its data are not corrupt.
  private static func message(for code: Int, frame: ArraySlice<UInt8>) -> String {
    // The codes of zstd_errors.h, which libzstd gives negated.
    switch -code {
    case 16:
      let window = windowSize(ofFrame: frame).map { "a window of \($0 >> 20) MiB" } ?? "a larger window"
      let log = (windowSize(ofFrame: frame) ?? 1 << 31).leadingZeroBitCount
      return
        "was compressed with \(window), and 128 MiB is supported; unpack it with zstd -d --long=\(63 - log)"
    case 32:
      return "was compressed with a dictionary, which is not supported; unpack it with zstd -d -D DICTIONARY"
    default: return "corrupt zstd data: \(String(cString: ZSTD_getErrorName(code)))"
    }
  }

  /// As the frame's header says; nil where it does not, or is not all there. doc/zstd_compression_format.md.
  private static func windowSize(ofFrame frame: ArraySlice<UInt8>) -> Int? {
    let header = Array(frame.prefix(6))
    guard header.count == 6, isMagic(header), header[4] & 0x20 == 0 else { return nil }
    let base = 1 << (10 + Int(header[5] >> 3))
    return base + base / 8 * Int(header[5] & 7)
  }
}
