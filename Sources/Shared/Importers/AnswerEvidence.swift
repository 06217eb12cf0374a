/// Whether the answers of a file that are written as whole numbers are indices of choices or texts of choices: where the
/// choices are numbers too, a row alone does not say. Other rows of the file's head do.
final class AnswerEvidence {
  private var indices = 0
  private var texts = 0
  /// Whether rows may still add to it; afterwards it says the same of every row.
  private var isOpen = true

  /// An answer can only be an index.
  func noteIndex() { if isOpen { indices += 1 } }

  /// An answer can only be a choice's text.
  func noteText() { if isOpen { texts += 1 } }

  func close() { isOpen = false }

  /// nil where no row says, or rows differ.
  var areIndices: Bool? {
    switch (indices > 0, texts > 0) {
    case (true, false): true
    case (false, true): false
    default: nil
    }
  }
}
