import Faithfulness

// The cross matrix, where the report has one.
extension ReportPage {
  var crossMatrix: HTML {
    guard let matrix = report.matrix else { return HTML() }
    return """
      <h3>The cross matrix</h3>
      <p>\(CrossMatrix.explanation)</p>
      \(matrix.accuracyTable.html("Answer accuracy of explanations (rows) on behaviours (columns)"))
      \(matrix.couplingTable.html("Coupling"))
      """
  }
}
