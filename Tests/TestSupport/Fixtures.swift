/// The path of a file or folder in Tests/Fixtures.
public func fixture(_ name: String) -> String {
  let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
  return parts.dropLast(2).joined(separator: "/") + "/Fixtures/" + name
}
