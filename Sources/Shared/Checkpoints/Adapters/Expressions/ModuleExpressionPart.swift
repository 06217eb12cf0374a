/// A part of a `ModuleExpression`. Parts name others by their index.
enum ModuleExpressionPart {
  /// One character that fits.
  case character((Unicode.Scalar) -> Bool)
  case sequence([Int])
  case choice([Int])
  /// The same part from so many to so many times, nil for any number.
  case repetition(Int, atLeast: Int, atMost: Int?)
  /// A place between two characters, nil at either end.
  case place((_ before: Unicode.Scalar?, _ after: Unicode.Scalar?) -> Bool)
  /// Whether another part begins here, or ends here.
  case look(Int, isAhead: Bool, isWanted: Bool)
}
