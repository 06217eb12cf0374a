/// Element types of safetensors files, in the reference's order. Those that can be read as Float32 are F32, F16 and
/// BF16.
public enum SafetensorsType: String, Sendable, CaseIterable {
  case bool = "BOOL"
  case float4 = "F4"
  case float6e2m3 = "F6_E2M3"
  case float6e3m2 = "F6_E3M2"
  case uint8 = "U8"
  case int8 = "I8"
  case float8e5m2 = "F8_E5M2"
  case float8e4m3 = "F8_E4M3"
  case float8e5m2fnuz = "F8_E5M2FNUZ"
  case float8e4m3fnuz = "F8_E4M3FNUZ"
  case float8e8m0 = "F8_E8M0"
  case int16 = "I16"
  case uint16 = "U16"
  case f16 = "F16"
  case bf16 = "BF16"
  case int32 = "I32"
  case uint32 = "U32"
  case f32 = "F32"
  case complex64 = "C64"
  case f64 = "F64"
  case int64 = "I64"
  case uint64 = "U64"

  /// Bits an element takes.
  public var bits: Int {
    switch self {
    case .float4: 4
    case .float6e2m3, .float6e3m2: 6
    case .bool, .uint8, .int8, .float8e5m2, .float8e4m3, .float8e5m2fnuz, .float8e4m3fnuz, .float8e8m0: 8
    case .int16, .uint16, .f16, .bf16: 16
    case .int32, .uint32, .f32: 32
    case .complex64, .f64, .int64, .uint64: 64
    }
  }

  /// What PyTorch calls the types that weights are written in.
  var torchName: String {
    switch self {
    case .f16: "float16"
    case .bf16: "bfloat16"
    default: "float32"
    }
  }

  /// The ggml type of the same layout, for those that can be read as Float32.
  var ggmlType: GGMLType? {
    switch self {
    case .f32: .f32
    case .f16: .f16
    case .bf16: .bf16
    default: nil
    }
  }
}
