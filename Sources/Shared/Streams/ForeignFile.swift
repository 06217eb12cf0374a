/// Files that are no text in UTF-8, told by how they begin.
public enum ForeignFile {
  /// What such a file is and what to do about it, such as `a gzip file; unpack it`; nil for any other.
  public static func kind(of head: some Collection<UInt8>) -> String? {
    let kinds: [([UInt8], String)] = [
      ([0xFF, 0xFE], "UTF-16 text; convert it to UTF-8"),
      ([0xFE, 0xFF], "UTF-16 text; convert it to UTF-8"),
      (Array("PAR1".utf8), "a Parquet file; export it as JSON Lines"),
      ([0x1F, 0x8B], "a gzip file; unpack it"),
      (Array("BZh".utf8), "a bzip2 file; unpack it"),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "an xz file; unpack it"),
      ([0x50, 0x4B, 0x03, 0x04], "a zip archive or spreadsheet; unpack it, or export it as CSV"),
    ]
    return kinds.first { head.starts(with: $0.0) }?.1
  }
}
