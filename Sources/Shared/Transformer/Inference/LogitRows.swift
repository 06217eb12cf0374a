/// How many rows of logits are held at once: fewer where the vocabulary is large, so that they take no more memory
/// than with a usual one. Which rows are computed together can change sums in their last bits, so their number
/// depends on the vocabulary alone.
enum LogitRows {
  /// In training, at most 64 MB: 256 rows of up to 65,536 tokens, 64 of 262,144.
  static func training(vocabulary: Int) -> Int { rows(of: vocabulary, atMost: 256, floats: 1 << 24) }

  /// In inference, at most 32 MB: 128 rows of up to 65,536 tokens, 32 of 262,144.
  static func inference(vocabulary: Int) -> Int { rows(of: vocabulary, atMost: 128, floats: 1 << 23) }

  /// Whole blocks of 16 rows, which products take together.
  private static func rows(of vocabulary: Int, atMost most: Int, floats: Int) -> Int {
    min(most, max(1, floats / max(vocabulary, 1) / 16) * 16)
  }
}
