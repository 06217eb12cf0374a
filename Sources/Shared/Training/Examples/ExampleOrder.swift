import Streams

/// How examples are ordered in an epoch.
public enum Shuffle: String, CaseIterable, Sendable {
  /// Cases in random order, a case's examples together.
  case `case`
  /// Examples in random order.
  case example
  /// As read: explanation sets first, then behaviour sets.
  case none
}

/// The order of examples over epochs, and which of them a step trains: a pure function of seed and step, so
/// that a resumed run needs no state for it.
public struct ExampleOrder: Sendable {
  /// Examples a step; the last step of an epoch can have fewer.
  public let batchSize: Int
  /// Examples an epoch.
  public let exampleCount: Int
  /// What is shuffled.
  public let shuffle: Shuffle
  /// Decides the order.
  public let seed: UInt64
  /// Indices of examples, group by group in the order of their first example.
  private let groups: [[Int]]

  /// - Parameter names: the group of each example, in the order in which they were read.
  public init(groups names: [String], batchSize: Int, shuffle: Shuffle, seed: UInt64) {
    self.batchSize = batchSize
    self.shuffle = shuffle
    self.seed = seed
    exampleCount = names.count
    var places: [String: Int] = [:]
    var groups: [[Int]] = []
    for (index, name) in names.enumerated() {
      if let place = places[name] {
        groups[place].append(index)
      } else {
        places[name] = groups.count
        groups.append([index])
      }
    }
    self.groups = groups
  }

  /// Steps that one pass over all examples takes; the last may be smaller than the others.
  public var stepsPerEpoch: Int { (exampleCount + batchSize - 1) / batchSize }

  /// All examples in the order of `epoch`, counted from 0.
  public func permutation(epoch: Int) -> [Int] {
    var random = CounterRandom(seed: seed, "order", "\(epoch)")
    switch shuffle {
    case .none: return Array(0..<exampleCount)
    case .example: return random.shuffled(Array(0..<exampleCount))
    case .case: return random.shuffled(groups).flatMap { $0 }
    }
  }

  /// The epoch of `step` (counted from 1) and the places in its permutation.
  public func places(ofStep step: Int) -> (epoch: Int, range: Range<Int>) {
    let epoch = (step - 1) / stepsPerEpoch
    let start = (step - 1) % stepsPerEpoch * batchSize
    return (epoch, start..<min(start + batchSize, exampleCount))
  }
}
