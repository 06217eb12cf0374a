import CZstd

/// Compresses texts into zstd frames with checksum and content size, at level 3 (zstd's own default).
final class ZstdEncoder {
  private let context: OpaquePointer

  init() throws(ToolError) {
    guard let context = ZSTD_createCCtx() else { throw ToolError(.failedRun, "out of memory for zstd") }
    self.context = context
    // Without this a frame has no checksum, and damage goes unseen.
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, 3)
  }

  deinit {
    ZSTD_freeCCtx(context)
  }

  /// One whole frame that holds the text; an empty text makes a valid frame too.
  func frame(of text: [UInt8]) throws(ToolError) -> [UInt8] {
    var code = 0
    let frame = [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(text.count)) { buffer, count in
      text.withUnsafeBytes { bytes in
        code = ZSTD_compress2(context, buffer.baseAddress, buffer.count, bytes.baseAddress, bytes.count)
      }
      count = ZSTD_isError(code) == 0 ? code : 0
    }
    guard ZSTD_isError(code) == 0 else {
      throw ToolError(.failedRun, "zstd cannot compress: \(String(cString: ZSTD_getErrorName(code)))")
    }
    return frame
  }
}
