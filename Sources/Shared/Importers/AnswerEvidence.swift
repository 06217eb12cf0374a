/// What the answers of a file are, where a row alone does not say: a whole number may be an index or the text
/// of a choice that is a number, a letter the place or the text of a choice that is a letter. Other rows of
/// the file's head do.
final class AnswerEvidence {
  /// How often answers of one kind can be read in one way only.
  struct Tally {
    fileprivate var isOpen = true
    private var places = 0
    private var texts = 0

    /// An answer can only be a choice's place.
    mutating func notePlace() { if isOpen { places += 1 } }

    /// An answer can only be a choice's text.
    mutating func noteText() { if isOpen { texts += 1 } }

    /// nil where no row says, or rows differ.
    var arePlaces: Bool? {
      switch (places > 0, texts > 0) {
      case (true, false): true
      case (false, true): false
      default: nil
      }
    }
  }

  /// Of whole numbers.
  var numbers = Tally()
  /// Of capital letters.
  var letters = Tally()

  /// No row adds to it any more, so that it says the same of every row.
  func close() { (numbers.isOpen, letters.isOpen) = (false, false) }
}
