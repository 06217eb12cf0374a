/// What the gate of a feed-forward layer goes through (Shazeer, arXiv:2002.05202).
public enum GateFunction: Sendable {
  /// x·σ(x)
  case silu
  /// ½x·(1 + tanh(√(2/π)·(x + 0.044715·x³))), Hendrycks and Gimpel's approximation of GELU, arXiv:1606.08415.
  case geluTanh
}
