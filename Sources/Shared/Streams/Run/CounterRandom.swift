/// Random numbers that are a pure function of (seed, stream, counter), so that a choice does not depend on what
/// was drawn elsewhere, on threads, or on where a run was resumed.
///
/// The generator is Philox4x32-10 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3",
/// SC 2011; constants of the Random123 library). The key and the upper half of the 128-bit counter are the first
/// 16 bytes of SHA-256 over the seed (8 bytes, little endian) and the stream's strings, each preceded by its
/// UTF-8 length (8 bytes, little endian); the lower half of the counter counts blocks of two 64-bit values.
public struct CounterRandom: RandomNumberGenerator, Sendable {
  private let key: (UInt32, UInt32)
  private let streamWords: (UInt32, UInt32)
  /// The index of the value that `next()` gives. Set it to jump.
  public var counter: UInt64

  /// The stream of values named by a seed and any number of strings, for example
  /// `CounterRandom(seed: seed, "label-noise", id, feature)`.
  public init(seed: UInt64, _ stream: String..., counter: UInt64 = 0) {
    func littleEndian(_ value: UInt64) -> [UInt8] {
      (0..<8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
    var digest = Digest()
    digest.update(littleEndian(seed))
    for name in stream {
      digest.update(littleEndian(UInt64(name.utf8.count)))
      digest.update(name)
    }
    let bytes = digest.bytes
    func word(_ index: Int) -> UInt32 {
      bytes[(index * 4)..<(index * 4 + 4)].reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
    key = (word(0), word(1))
    streamWords = (word(2), word(3))
    self.counter = counter
  }

  /// The 64 bits at an index of this stream.
  public func value(at index: UInt64) -> UInt64 {
    let block = index / 2
    let words = Self.philox(
      counter: (UInt32(truncatingIfNeeded: block), UInt32(block >> 32), streamWords.0, streamWords.1),
      key: key)
    return index % 2 == 0
      ? UInt64(words.1) << 32 | UInt64(words.0) : UInt64(words.3) << 32 | UInt64(words.2)
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    defer { counter &+= 1 }
    return value(at: counter)
  }

  /// A uniform integer in 0..<bound, without modulo bias (Lemire, "Fast random integer generation in an
  /// interval", 2019). The bound must be positive.
  public mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "the bound of a random integer must be positive")
    let bound = UInt64(bound)
    let threshold = (0 &- bound) % bound
    while true {
      let product = next().multipliedFullWidth(by: bound)
      if product.low >= threshold { return Int(product.high) }
    }
  }

  /// A uniform double in [0, 1), a multiple of 2⁻⁵³.
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// Shuffles in place (Fisher–Yates from the end). Unlike the standard library's, whose draws are not
  /// specified, it stays the same in every version.
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    guard elements.count > 1 else { return }
    for last in stride(from: elements.count - 1, through: 1, by: -1) {
      elements.swapAt(last, integer(below: last + 1))
    }
  }

  /// The elements in a random order.
  public mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var elements = elements
    shuffle(&elements)
    return elements
  }

  /// The block function itself: ten rounds of Philox4x32.
  public static func philox(counter: (UInt32, UInt32, UInt32, UInt32), key: (UInt32, UInt32))
    -> (UInt32, UInt32, UInt32, UInt32)
  {
    var counter = counter
    var key = key
    for _ in 0..<10 {
      let first = counter.0.multipliedFullWidth(by: 0xD251_1F53)
      let second = counter.2.multipliedFullWidth(by: 0xCD9E_8D57)
      counter = (second.high ^ counter.1 ^ key.0, second.low, first.high ^ counter.3 ^ key.1, first.low)
      key = (key.0 &+ 0x9E37_79B9, key.1 &+ 0xBB67_AE85)
    }
    return counter
  }
}
