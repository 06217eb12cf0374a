import Streams

/// JSON that holds a whole table in one object, which is no row.
package enum TableShape {
  /// What such an object is and how its rows are had; nil for any other.
  package static func hint(_ object: JSONObject) -> String? {
    let values = object.members.map(\.value)
    guard !values.isEmpty else { return nil }
    let isByColumns =
      (object["columns"]?.array != nil && object["data"]?.array != nil)
      || (values.count > 1
        && (allAlike(values.map { $0.object?.keys }) || allAlike(values.map { $0.array?.count })))
    if isByColumns {
      return "a table in one object, not a row; write a row a line (pandas: orient=\"records\", lines=True)"
    }
    let lists = object.members.filter { $0.value.array?.first?.object != nil }
    if lists.count == 1, values.count(where: { $0.array != nil || $0.object != nil }) == 1 {
      return
        "a list of rows under \"\(lists[0].key)\", not a row; write a row a line (jq -c '.[\"\(lists[0].key)\"][]')"
    }
    return nil
  }

  private static func allAlike<Value: Equatable>(_ values: [Value?]) -> Bool {
    values.allSatisfy { $0 != nil && $0 == values[0] }
  }
}
