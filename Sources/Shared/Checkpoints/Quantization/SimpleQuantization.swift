// swift-format-ignore-file: AlwaysUseLowerCamelCase
// The types are called what ggml calls them.

import Streams

/// Blocks of 32 values as `f16 d; i8 qs[32]`, with ggml's arithmetic (`quantize_row_q8_0_ref` in ggml-quants.c): d
/// is the greatest magnitude by 127, and each value times 1/d is rounded, halves away from zero. Throws `ToolError`
/// (65) where a value is not finite, or too large for the scale.
func appendQ8_0(_ values: UnsafeBufferPointer<Float>, to bytes: inout [UInt8]) throws(ToolError) {
  precondition(values.count % 32 == 0, "not a whole number of blocks")
  for start in stride(from: 0, to: values.count, by: 32) {
    let block = UnsafeBufferPointer(rebasing: values[start..<start + 32])
    var greatest: Float = 0
    for value in block {
      guard value.isFinite else { throw .badData("has the value \(value), which q8_0 cannot hold") }
      greatest = max(greatest, abs(value))
    }
    let scale = greatest / 127
    let stored = half(scale)
    guard stored & 0x7C00 != 0x7C00 else {
      throw .badData("has the value \(greatest), beyond the range of q8_0")
    }
    let inverse = scale > 0 ? 1 / scale : 0
    bytes.append(little: stored)
    for value in block {
      // Of a scale so small that its inverse is infinite, nothing is left in f16 either.
      let rounded = (value * (inverse.isFinite ? inverse : 0)).rounded(.toNearestOrAwayFromZero)
      bytes.append(UInt8(bitPattern: Int8(max(-127, min(127, rounded)))))
    }
  }
}
