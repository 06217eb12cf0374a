/// A model's regular expression, which cuts a text into the pieces that are encoded by themselves.
protocol PieceSplitter {
  /// Where the text ends, as an index of code points.
  var end: Int { get }

  /// Where the piece ends that begins at a code point of the text.
  func pieceEnd(_ start: Int) -> Int
}

extension PieceSplitter {
  /// Calls `emit` with the index at which each piece ends.
  func split(from start: Int, _ emit: (Int) -> Void) {
    var position = start
    while position < end {
      position = pieceEnd(position)
      emit(position)
    }
  }
}
