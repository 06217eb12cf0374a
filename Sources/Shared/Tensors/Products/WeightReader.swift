/// Fills a matrix with these rows of a weight.
typealias WeightReader<Failure: Error> = (_ rows: Range<Int>, _ matrix: Matrix) throws(Failure) -> Void
