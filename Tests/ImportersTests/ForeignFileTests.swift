import Importers
import Testing

/// Files that are no UTF-8 text: read right or refused with their place.
@Suite struct ForeignFileTests {
  @Test(arguments: [
    ([0xFF, 0xFE, 0x69, 0x00] as [UInt8], "UTF-16"), ([0xFE, 0xFF, 0x00, 0x69], "UTF-16"),
    ([0x1F, 0x8B, 0x08], "gzip"), (Array("PAR1".utf8), "Parquet"), ([0x50, 0x4B, 0x03, 0x04], "zip"),
  ])
  func otherKindsAreNamed(_ bytes: [UInt8], _ word: String) {
    let error = failure { try importing(bytes, task: "refusal") }
    #expect(error?.status == .badData)
    #expect(error?.message.contains(word) == true)
    #expect(error?.position?.line == 1)
  }

  /// An é of Latin-1 and Windows-1252, and one of Mac Roman; quotation marks of Windows-1252 in the header.
  @Test(arguments: [0xE9, 0x8E, 0x93] as [UInt8]) func otherEncodingsAreNamedByByte(_ byte: UInt8) throws {
    let row = Array("id,prompt\r\n1,\"caf".utf8) + [byte] + Array("\"\r\n2,tea\r\n".utf8)
    let result = try importing(row, task: "refusal")
    #expect(result.errors == ["2:7: bytes that are not UTF-8"])
    #expect(result.requests.map(\.text) == ["tea"])
    let header = Array("prompt,caf".utf8) + [byte] + Array("\nx,y\n".utf8)
    let error = failure { try importing(header, task: "refusal") }
    #expect(error?.position?.line == 1)
    #expect(error?.position?.column == 11)
  }
}
