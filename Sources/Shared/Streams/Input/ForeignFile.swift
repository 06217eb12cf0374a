/// Files that are no text in UTF-8, told by how they begin.
public enum ForeignFile {
  /// What such a file is and what to do about it, such as `a gzip file; unpack it`; nil for any other.
  public static func kind(of head: some Collection<UInt8>) -> String? {
    let kinds: [([UInt8], String)] = [
      ([0xFF, 0xFE, 0, 0], "UTF-32 text; convert it to UTF-8"),
      ([0xFF, 0xFE], "UTF-16 text; convert it to UTF-8"),
      ([0xFE, 0xFF], "UTF-16 text; convert it to UTF-8"),
      (Array("{\0".utf8), "UTF-16 text; convert it to UTF-8"),
      (Array("\0{".utf8), "UTF-16 text; convert it to UTF-8"),
      (Array("PAR1".utf8), "a Parquet file; export it as JSON Lines"),
      ([0x1F, 0x8B], "a gzip file; unpack it"),
      (Array("BZh".utf8), "a bzip2 file; unpack it"),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "an xz file; unpack it"),
      ([0x50, 0x4B, 0x03, 0x04], "a zip archive or spreadsheet; unpack it, or export it as CSV"),
      ([0x04, 0x22, 0x4D, 0x18], "an LZ4 file; unpack it"),
      (Array("ARROW1".utf8), "an Arrow file; export it as JSON Lines"),
      (Array("SQLite format 3".utf8), "an SQLite database; export it as JSON Lines"),
      (Array("GGUF".utf8), "a model, as --model takes it"),
      (
        Array("version https://git-lfs".utf8),
        "a pointer of Git LFS in place of the file; fetch that with git lfs pull"
      ),
      (Array("<!DOCTYPE html".utf8), "an HTML page in place of the file; fetch that again"),
      (Array("<!doctype html".utf8), "an HTML page in place of the file; fetch that again"),
      (Array("<html".utf8), "an HTML page in place of the file; fetch that again"),
    ]
    return kinds.first { head.starts(with: $0.0) }?.1
  }
}
