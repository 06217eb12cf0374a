import Streams

/// How far self lies above each guess, resampled: source items with replacement, each with all its pairs, and
/// where several explainers are pooled as many of them, with replacement and independently of the items (Owen
/// 2007). What the guesses know is held fixed.
struct MarginBootstrap {
  /// What guesses here. A reader that guesses as an earlier one does is left out.
  let guesses: [Guess]
  /// mean[e = s], a mean over the explainers.
  let selfAccuracy: Double
  /// By guess: how often it is s, a mean over the explainers.
  let accuracies: [Double]
  /// By guess, self less the guess, as observed.
  private(set) var margins: [Double] = []

  /// Items with the same sums have one profile. `sums` is the number of pairs, then for each explainer and
  /// guess of `columns` the pairs right for self less those right for the guess, in units of
  /// `ItemTally.unit`.
  private let profiles: [(sums: [Int], items: Int)]
  private let profileDraw: ProfileDraw
  private let explainerCount: Int
  /// How many guesses an explainer has in `sums`, and where those of `guesses` are among them.
  private let columnCount: Int
  private let columns: [Int]

  /// - Parameters:
  ///   - explainers: at least one, with the same guesses.
  ///   - selection: pair indices, those of an item together; not empty.
  init(_ explainers: [GuessedPairs], of table: PairTable, _ selection: [UInt32], sampler: CountSampler) {
    let all = explainers[0].guesses
    let none = [Int](repeating: 0, count: 1 + explainers.count * all.count)
    var frequencies: [[Int]: Int] = [:]
    var (sums, last) = (none, UInt32?.none)
    var selfRight = 0
    var guessRight = all.map { _ in 0 }
    for (place, index) in selection.enumerated() {
      let item = table.itemOfCase[Int(table.caseOfPair[Int(index)])]
      if item != last {
        if last != nil { frequencies[sums, default: 0] += 1 }
        (sums, last) = (none, item)
      }
      sums[0] += 1
      for (number, explainer) in explainers.enumerated() {
        let right = explainer.right(at: place)
        selfRight += right.explanation
        for (column, guess) in right.guesses.enumerated() {
          guessRight[column] += guess
          sums[1 + number * all.count + column] += right.explanation - guess
        }
      }
    }
    if last != nil { frequencies[sums, default: 0] += 1 }
    // In an order that depends on the sums alone.
    profiles = frequencies.map { (sums: $0.key, items: $0.value) }.sorted { left, right in
      left.items != right.items ? left.items > right.items : left.sums.lexicographicallyPrecedes(right.sums)
    }
    profileDraw = ProfileDraw(profiles.map(\.items), sampler: sampler)
    explainerCount = explainers.count
    columnCount = all.count
    let profileSums = profiles.map(\.sums)
    columns = all.indices.filter { column in
      !Guess.readers.contains(all[column])
        || !all.indices.prefix(column).contains { earlier in
          Guess.readers.contains(all[earlier])
            && profileSums.allSatisfy { sums in
              explainers.indices.allSatisfy {
                sums[1 + $0 * all.count + column] == sums[1 + $0 * all.count + earlier]
              }
            }
        }
    }
    guesses = columns.map { all[$0] }
    func mean(_ right: Int) -> Double {
      Double(right) / ItemTally.unit / Double(selection.count) / Double(explainers.count)
    }
    selfAccuracy = mean(selfRight)
    accuracies = columns.map { mean(guessRight[$0]) }
    margins = margins(profiles.map { Int32($0.items) }, Array(explainers.indices))
  }

  /// Source items that are resampled.
  var itemCount: Int { profiles.reduce(0) { $0 + $1.items } }

  /// By resample, then by guess.
  func resamples(_ count: Int, seed: UInt64) -> [[Double]] {
    var random = CounterRandom(seed: seed, "margin-bootstrap")
    return (0..<count).map { _ in
      let times = profileDraw.next(&random)
      return margins(times, (0..<explainerCount).map { _ in random.integer(below: explainerCount) })
    }
  }

  /// - Parameters:
  ///   - times: how often each profile of items is there.
  ///   - drawn: the explainers, by place.
  private func margins(_ times: [Int32], _ drawn: [Int]) -> [Double] {
    var sums = [Int](repeating: 0, count: 1 + explainerCount * columnCount)
    for (profile, times) in zip(profiles, times) where times > 0 {
      for place in sums.indices { sums[place] &+= profile.sums[place] &* Int(times) }
    }
    return columns.map { column in
      let differences = drawn.reduce(0.0) { $0 + Double(sums[1 + $1 * columnCount + column]) }
      return differences / ItemTally.unit / Double(sums[0]) / Double(drawn.count)
    }
  }
}
