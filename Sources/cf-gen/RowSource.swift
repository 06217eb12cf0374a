import Importers

/// Where the rows come from, and how they are read.
struct RowSource {
  /// Files and directories; none for the data set that is built in.
  let paths: [String]
  /// nil where it is recognised.
  let format: String?
  let map: ColumnMap?
}
