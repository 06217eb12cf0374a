/// The unknown tokens among the first symbols of a piece, as `tokenizers` writes them: an unknown one waits until a
/// symbol of the vocabulary comes, so bytes that stand in for other symbols go before it.
struct UnknownRun {
  /// nil where symbols without a token are left out.
  let token: Int32?
  /// Whether unknown symbols that follow each other are one token.
  let isFused: Bool
  private var isWaiting = false

  init(token: Int32?, isFused: Bool) {
    self.token = token
    self.isFused = isFused
  }

  /// Notes a symbol without a token.
  mutating func add(to symbols: inout [Int32]) {
    if isWaiting, !isFused { end(in: &symbols) }
    isWaiting = token != nil
  }

  /// Writes what waits.
  mutating func end(in symbols: inout [Int32]) {
    if isWaiting, let token { symbols.append(token) }
    isWaiting = false
  }
}
