/// A part of an input that could be a feature.
struct Candidate: Equatable {
  /// The kind's name.
  var kind: String
  /// The number among those of its kind that the text has, from 0; nil for the only insertion.
  var ordinal: Int?
  /// Bytes of the content, or of the system message.
  var range: Range<Int>
  var isInSystem = false

  var id: String { ordinal.map { "\(kind)\($0)" } ?? kind }
}
