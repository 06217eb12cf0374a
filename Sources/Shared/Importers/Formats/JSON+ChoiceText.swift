import Streams

extension JSON {
  /// The text of a choice, which may be a number that lost its quotes on the way through Python; nil for anything else.
  var choiceText: String? { string ?? integer.map { String($0) } ?? number.map { String($0) } }
}
