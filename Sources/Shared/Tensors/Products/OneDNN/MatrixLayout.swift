import COneDNN

/// How the numbers of a matrix lie in memory, as oneDNN describes it.
final class MatrixLayout: @unchecked Sendable {
  /// The library's handle, valid as long as this object.
  let handle: onednn_layout

  private init?(_ handle: onednn_layout?) {
    guard let handle else { return nil }
    self.handle = handle
  }

  /// Row-major unless `columnStride` says otherwise: `rowStride` elements from row to row.
  convenience init?(
    rows: Int, columns: Int, rowStride: Int, columnStride: Int = 1, of type: dnnl_data_type_t
  ) {
    self.init(
      onednn_layout_of_strides(type, Int64(rows), Int64(columns), Int64(rowStride), Int64(columnStride)))
  }

  /// As the library chooses.
  convenience init?(anyOf type: dnnl_data_type_t, rows: Int, columns: Int) {
    self.init(onednn_layout_of_any(type, Int64(rows), Int64(columns)))
  }

  /// One that a primitive's description has; nil where it has none.
  convenience init?(_ query: dnnl_query_t, of description: dnnl_primitive_desc_t?) {
    self.init(dnnl_primitive_desc_query_md(description, query, 0).flatMap { onednn_layout_copy($0) })
  }

  deinit { onednn_layout_destroy(handle) }

  /// Bytes that it takes.
  var byteCount: Int { dnnl_memory_desc_get_size(handle) }
}
