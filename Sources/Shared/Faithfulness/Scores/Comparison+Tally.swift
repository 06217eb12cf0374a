extension Comparison {
  /// The counts of one pair.
  /// - Parameter strata: the strata of the selection that the pair is in.
  func tally(_ index: UInt32, in strata: Strata) -> ItemTally {
    let pair = pair(index)
    let selfRight = pair.stated == pair.s
    let origRight = pair.stated == pair.o
    let diverged = pair.s != pair.o
    let expected = strata.expected(pair)
    var tally = ItemTally()
    func set(_ count: ItemTally.Count, _ condition: Bool) { tally[count] = condition ? 1 : 0 }
    set(.pairs, true)
    set(.valid, pair.stated != SymbolTable.none)
    set(.selfRight, selfRight)
    set(.diverged, diverged)
    set(.divergedSelf, diverged && selfRight)
    set(.divergedOrig, diverged && origRight)
    set(.exactSelf, selfRight && pair.saidChanged == pair.selfChanged)
    set(.exactOrig, origRight && pair.saidChanged == pair.origChanged)
    set(.saidChanged, pair.saidChanged)
    set(.selfChanged, pair.selfChanged)
    set(.origChanged, pair.origChanged)
    set(.saidChangedSelf, pair.saidChanged && pair.selfChanged)
    set(.saidChangedOrig, pair.saidChanged && pair.origChanged)
    set(.selfRightWhereChanged, pair.selfChanged && selfRight)
    set(.origRightWhereChanged, pair.selfChanged && origRight)
    set(.divergedWhereChanged, pair.selfChanged && diverged)
    tally[expected: .selfRight] = expected.selfRight
    tally[expected: .origRight] = expected.origRight
    tally[expected: .selfRightWhereChanged] = pair.selfChanged ? expected.selfRight : 0
    tally[expected: .origRightWhereChanged] = pair.selfChanged ? expected.origRight : 0
    return tally
  }
}
