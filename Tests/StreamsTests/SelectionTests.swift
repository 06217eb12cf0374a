import Streams
import Testing

@Suite struct SelectionTests {
  @Test func countsWhatItLeavesOut() {
    var selection = Selection(split: "test", limit: 2, shard: nil)
    #expect(selection.reasonToLeaveOut(id: "a", split: "train") == .split)
    #expect(selection.reasonToLeaveOut(id: "b", split: nil) == .split)
    #expect(selection.reasonToLeaveOut(id: "c", split: "test") == nil)
    #expect(!selection.isExhausted)
    #expect(selection.reasonToLeaveOut(id: "d", split: "test") == nil)
    #expect(selection.isExhausted)
    #expect(selection.reasonToLeaveOut(id: "e", split: "test") == .limit)
    #expect(selection.reasonToLeaveOut(id: "f", split: "train") == .split)
    var all = Selection()
    #expect(all.reasonToLeaveOut(id: "a", split: nil) == nil && !all.isExhausted)
  }

  @Test func shardsAreAPartition() {
    for id in (0..<100).map(String.init) {
      let chosen = (0..<3).count { index in
        var selection = Selection(shard: Shard(index: index, count: 3))
        return selection.reasonToLeaveOut(id: id, split: nil) == nil
      }
      #expect(chosen == 1)
    }
  }

  /// Shards of a limit are the whole of that limit, whatever their number.
  @Test(arguments: [1, 2, 5]) func limitCountsOverShards(count: Int) {
    let ids = (0..<100).map(String.init)
    func chosen(_ shard: Shard?) -> [String] {
      var selection = Selection(limit: 30, shard: shard)
      return ids.filter { selection.reasonToLeaveOut(id: $0, split: nil) == nil }
    }
    let parts = (0..<count).flatMap { chosen(Shard(index: $0, count: count)) }
    #expect(parts.sorted() == chosen(nil).sorted() && chosen(nil) == Array(ids.prefix(30)))
  }
}
