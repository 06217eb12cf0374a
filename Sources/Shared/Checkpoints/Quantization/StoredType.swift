// swift-format-ignore-file: AlwaysUseLowerCamelCase
// The types are called what ggml calls them.

import Streams

/// The types in which weights can be written.
public enum StoredType: String, Sendable, CaseIterable {
  case f32, f16, bf16, q8_0

  /// The same type of GGUF files; all of these have one.
  public var ggmlType: GGMLType {
    switch self {
    case .f32: .f32
    case .f16: .f16
    case .bf16: .bf16
    case .q8_0: .q8_0
    }
  }

  /// The same type of safetensors files, nil where they have none.
  public var safetensorsType: SafetensorsType? {
    switch self {
    case .f32: .f32
    case .f16: .f16
    case .bf16: .bf16
    case .q8_0: nil
    }
  }

  /// The type that a tensor of a model is stored in where this one is wanted for its matrices: vectors stay 32-bit
  /// floats, and so do matrices whose rows are no whole number of blocks.
  func type(forShape shape: [Int]) -> StoredType {
    shape.count < 2 || (shape.last ?? 1) % ggmlType.blockElements != 0 ? .f32 : self
  }

  /// Appends values as they are stored, a whole number of blocks. Throws `ToolError` (65) where the type cannot hold
  /// one: the message says what is wrong, without the tensor's name.
  func append(_ values: UnsafeBufferPointer<Float>, to bytes: inout [UInt8]) throws(ToolError) {
    switch self {
    case .f32: bytes.append(contentsOf: UnsafeRawBufferPointer(values))
    case .f16:
      for value in values {
        let word = half(value)
        guard word & 0x7FFF != 0x7C00 || value.isInfinite else {
          throw .badData("has the value \(value), beyond the range of f16; bf16 holds it")
        }
        bytes.append(little: word)
      }
    case .bf16: for value in values { bytes.append(little: brain(value)) }
    case .q8_0: try appendQ8_0(values, to: &bytes)
    }
  }
}
