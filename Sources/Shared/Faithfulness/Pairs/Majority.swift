/// The most common answer, ties to the first in byte order; nil where there is none.
func majority(of counts: [SymbolTable.Symbol: Int], _ answers: SymbolTable) -> SymbolTable.Symbol? {
  counts.max { left, right in
    left.value != right.value
      ? left.value < right.value
      : bytesPrecede(answers.strings[Int(right.key)], answers.strings[Int(left.key)])
  }?.key
}
