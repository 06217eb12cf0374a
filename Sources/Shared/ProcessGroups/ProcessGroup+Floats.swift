import Tensors

extension ProcessGroup {
  /// Floats of a message: larger ones cost no less a byte, and need memory.
  private static let messageFloats = 1 << 20

  /// Replaces these floats by their sum over all processes, the same bits in each.
  ///
  /// Neighbours are added first, then pairs of them: ((0+1)+(2+3))+((4+5)+(6+7)), whatever the size. Each pair halves
  /// what it has left to add, so a process sends 2·(count−1)/count as many bytes as there are (recursive halving and
  /// doubling; Thakur, Rabenseifner and Gropp, "Optimization of Collective Communication Operations in MPICH", 2005).
  public func sum(_ floats: FloatStorage, workers: Workers) {
    guard let link else { return }
    let buffer = FloatStorage(count: min(Self.messageFloats, floats.count))
    var parts = [0..<floats.count]
    for distance in distances {
      let (low, high) = parts[parts.count - 1].halves
      let isLow = rank & distance == 0
      let (kept, given) = isLow ? (low, high) : (high, low)
      for (sending, receiving) in zip(pieces(given, beside: kept), pieces(kept, beside: given)) {
        link.exchange(
          sending: floats.bytes(sending), receiving: buffer.bytes(0..<receiving.count), with: rank ^ distance)
        add(buffer.base, to: floats.base + receiving.lowerBound, count: receiving.count, workers: workers)
      }
      parts.append(kept)
    }
    for distance in distances.reversed() {
      let known = parts.removeLast()
      let (low, high) = parts[parts.count - 1].halves
      exchange(floats, sending: known, receiving: known == low ? high : low, with: rank ^ distance)
    }
  }

  /// Replaces these floats by the first process's.
  public func broadcast(_ floats: FloatStorage) {
    let all = 0..<floats.count
    // Those that have them double with each distance.
    for distance in distances {
      if rank < distance {
        exchange(floats, sending: all, receiving: 0..<0, with: rank + distance)
      } else if rank < 2 * distance {
        exchange(floats, sending: 0..<0, receiving: all, with: rank - distance)
      }
    }
  }

  /// Sends one range of these floats and fills another.
  private func exchange(
    _ floats: FloatStorage, sending: Range<Int>, receiving: Range<Int>, with partner: Int
  ) {
    for (sent, received) in zip(pieces(sending, beside: receiving), pieces(receiving, beside: sending)) {
      link?.exchange(sending: floats.bytes(sent), receiving: floats.bytes(received), with: partner)
    }
  }

  /// A range in pieces of a message each, with empty ones at its end where another that goes beside it has more.
  private func pieces(_ range: Range<Int>, beside other: Range<Int>) -> [Range<Int>] {
    stride(from: 0, to: max(range.count, other.count), by: Self.messageFloats).map { start in
      let start = range.lowerBound + min(start, range.count)
      return start..<min(start + Self.messageFloats, range.upperBound)
    }
  }
}

extension Range<Int> {
  fileprivate var halves: (low: Range<Int>, high: Range<Int>) {
    let middle = lowerBound + count / 2
    return (lowerBound..<middle, middle..<upperBound)
  }
}

extension FloatStorage {
  fileprivate func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: buffer[range]))
  }

  fileprivate func bytes(_ range: Range<Int>) -> UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[range]))
  }
}
