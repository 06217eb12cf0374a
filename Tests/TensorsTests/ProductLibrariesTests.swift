import Tensors
import Testing

@Suite struct ProductLibrariesTests {
  /// What `--version` says: the kernels that are used where nothing is asked for, and the libraries with their
  /// versions.
  @Test func theyAreNamedWithTheirVersions() {
    let parts = ProductLibraries.description.split(separator: ", ")
    #expect(parts.first?.hasPrefix("kernels ") == true)
    #expect(parts.last?.wholeMatch(of: /OpenBLAS \d+\.\d+\S*/) != nil)
    #expect(parts.dropFirst().dropLast().allSatisfy { $0.wholeMatch(of: /oneDNN \d+\.\d+\.\d+/) != nil })
  }
}
